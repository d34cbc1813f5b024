namespace OriginWatch.Cli;

/// <summary>What the process tells the shell; the README lists them.</summary>
internal static class ExitCode
{
    public const int Clean = 0;
    public const int CouldNotDoTheJob = 1;
    public const int WrongUsage = 2;
    public const int Findings = 3;
    public const int Incomplete = 4;
}
