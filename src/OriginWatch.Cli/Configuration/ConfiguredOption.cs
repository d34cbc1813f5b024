namespace OriginWatch.Cli.Configuration;

/// <summary>One key of a configuration file.</summary>
/// <param name="Key">An option's name without its dashes.</param>
/// <param name="Values">One, or those of a list; <c>KEY=VALUE</c> for what is written as a mapping.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="IsInline">True for suppressions that are written into the file itself.</param>
internal sealed record ConfiguredOption(string Key, IReadOnlyList<string> Values, long Line, bool IsInline = false);
