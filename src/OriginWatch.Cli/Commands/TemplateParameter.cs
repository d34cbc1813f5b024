using System.CommandLine.Parsing;

namespace OriginWatch.Cli.Commands;

/// <summary>A value for a parameter of a CloudFormation template, as <c>KEY=VALUE</c>; the value may hold further equals signs.</summary>
internal sealed record TemplateParameter(string Key, string Value)
{
    public static TemplateParameter[] Parse(ArgumentResult result)
    {
        var parameters = new List<TemplateParameter>();
        foreach (var text in result.Tokens.Select(token => token.Value))
        {
            if (text.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var equals))
            {
                result.AddError($"--parameter takes KEY=VALUE, e.g. Environment=production, not '{text}'.");
            }
            else if (parameters.Exists(parameter => parameter.Key == text[..equals]))
            {
                result.AddError($"--parameter {text[..equals]} is given twice.");
            }
            else
            {
                parameters.Add(new(text[..equals], text[(equals + 1)..]));
            }
        }

        return [.. parameters];
    }
}
