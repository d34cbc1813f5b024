using System.CommandLine;
using System.CommandLine.Parsing;
using OriginWatch.Rules;

namespace OriginWatch.Cli.Commands;

/// <summary>From when on a certificate expires soon; the function has the same as settings.</summary>
internal sealed class ThresholdOptions
{
    private const int MostDays = 999;

    private readonly Option<int?> _warning = new("--expiry-warning-days")
    {
        Description =
            $"Days before expiry from which a certificate is a Medium finding, 1 to {MostDays} (default: "
            + "the smaller of 21 and a quarter of the lifetime)",
        HelpName = "N",
    };

    private readonly Option<int?> _urgent = new("--expiry-urgent-days")
    {
        Description =
            $"Days before expiry from which it is High, 1 to {MostDays}, not above --expiry-warning-days (default: "
            + "the smaller of 7 and a tenth of the lifetime)",
        HelpName = "N",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new[] { _warning, _urgent })
        {
            option.Validators.Add(result => Check(result, option.Name));
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (Number(result.GetResult(_urgent)) is { } urgent && Number(result.GetResult(_warning)) is { } warning && urgent > warning)
            {
                result.AddError($"--expiry-urgent-days ({urgent}) must not be above --expiry-warning-days ({warning}).");
            }
        });
    }

    public RuleThresholds Of(ParseResult parsed) =>
        new() { ExpiryWarningDays = parsed.GetValue(_warning), ExpiryUrgentDays = parsed.GetValue(_urgent) };

    private static void Check(OptionResult result, string name)
    {
        if (Number(result) is < 1 or > MostDays)
        {
            result.AddError($"{name} takes a whole number from 1 to {MostDays}, not '{result.Tokens[0].Value}'.");
        }
    }

    private static int? Number(OptionResult? result) =>
        result?.Tokens is [var token] && int.TryParse(token.Value, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
