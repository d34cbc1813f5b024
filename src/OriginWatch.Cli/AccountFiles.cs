using System.Globalization;

namespace OriginWatch.Cli;

/// <summary>A file for each account of a scan: FILE.111122223333.asff.json.</summary>
internal static class AccountFiles
{
    private const int AccountDigits = 12;

    /// <summary>Files that an earlier scan wrote for accounts with nothing to say now would be imported again, so they go; FILE itself goes
    /// with them.</summary>
    /// <param name="accounts">With what each has to say.</param>
    /// <param name="file">As the operator named it.</param>
    /// <param name="ending">Of its name, with the dots.</param>
    /// <param name="write">Writes one account's, and removes parts of its own that are left over.</param>
    /// <param name="cancellationToken">Ends it between two files.</param>
    public static async Task WriteAsync(
        IReadOnlyList<(string Account, IReadOnlyList<string> Parts)> accounts,
        FileInfo file,
        string ending,
        Func<IReadOnlyList<string>, FileInfo, CancellationToken, Task> write,
        CancellationToken cancellationToken
    )
    {
        var stem = file.Name[..^ending.Length];
        foreach (var (account, parts) in accounts)
        {
            await write(parts, new(Path.Combine(file.DirectoryName!, $"{stem}.{account}{file.Name[^ending.Length..]}")), cancellationToken);
        }

        var written = accounts.Select(account => account.Account).ToHashSet(StringComparer.Ordinal);
        foreach (
            var old in new DirectoryInfo(file.DirectoryName!)
                .EnumerateFiles($"{stem}.*{ending}")
                .Where(old => AccountOf(old.Name, stem, ending) is { } account && !written.Contains(account))
        )
        {
            old.Delete();
        }

        file.Delete();
    }

    /// <summary>Null for a file that is none of these, whatever else it is.</summary>
    private static string? AccountOf(string name, string stem, string ending) =>
        name[stem.Length..^ending.Length].Split('.') is ["", var account, .. var part]
        && account.Length == AccountDigits
        && account.All(char.IsAsciiDigit)
        && part is [] or [_]
        && part.All(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? account
            : null;
}
