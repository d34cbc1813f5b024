using System.Text.Json;

namespace OriginWatch.Tests.Aws;

/// <summary>The e-mails that moto's topic sends, as files in a folder, and the switch that lets it refuse them.</summary>
internal sealed class MotoMailbox(DirectoryInfo folder)
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    /// <summary>All so far, the oldest first.</summary>
    public IReadOnlyList<SentMail> Mails() =>
        [
            .. folder
                .EnumerateFiles("mail-*.json")
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => JsonSerializer.Deserialize<SentMail>(File.ReadAllText(file.FullName), CamelCase)!),
        ];

    public void TurnNotifications(bool on)
    {
        var mark = Path.Combine(folder.FullName, "sns-is-down");
        if (on)
        {
            File.Delete(mark);
        }
        else
        {
            File.WriteAllText(mark, "");
        }
    }
}
