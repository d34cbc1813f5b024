using OriginWatch.Edge;

namespace OriginWatch.Benchmarks;

/// <summary>How much of everything is measured: all parts together are meant to take less than ten minutes on two idle cores once their
/// programs are published.</summary>
internal sealed record RunSize
{
    public static readonly RunSize Full = new();

    /// <summary>The sizes for which the goals are set, and more batches.</summary>
    public static readonly RunSize Large = new()
    {
        WarmUps = 8,
        Batches = 5,
        Handshakes = 1_000,
        OpenSslSeconds = 2,
        Hosts = 200,
        OpenConnections = 1_000,
        ScaleTargets = 50_000,
        PlannedOrigins = 50_000,
        EdgeOrigins = 2_000,
        EdgeBudget = EdgeOptions.DefaultBudget,
        OrganizationTargets = 20_000,
        FarmRounds = 3,
        AllBuilds = true,
        Starts = 11,
        Counts = true,
        CountedHandshakes = 50,
        Concurrencies = [64, 256],
    };

    /// <summary>For a look at whether it runs; its figures are noise.</summary>
    public static readonly RunSize Quick = new()
    {
        WarmUps = 1,
        Batches = 1,
        Handshakes = 100,
        OpenSslSeconds = 1,
        Hosts = 50,
        OpenConnections = 200,
        ScaleTargets = 5_000,
        PlannedOrigins = 5_000,
        EdgeOrigins = 100,
        OrganizationTargets = 2_000,
    };

    /// <summary>Batches that are thrown away: the runtime compiles hot code again while they run.</summary>
    public int WarmUps { get; init; } = 2;

    public int Batches { get; init; } = 3;
    public int Handshakes { get; init; } = 400;
    public int OpenSslSeconds { get; init; } = 1;
    public int Hosts { get; init; } = 100;
    public int OpenConnections { get; init; } = 500;
    public int ScaleTargets { get; init; } = 10_000;
    public int PlannedOrigins { get; init; } = 20_000;
    public int EdgeOrigins { get; init; } = 200;
    public TimeSpan EdgeBudget { get; init; } = TimeSpan.FromSeconds(10);
    public int OrganizationTargets { get; init; } = 3_000;

    /// <summary>Each of which compares the command line once with its alternative, in each order of the listing.</summary>
    public int FarmRounds { get; init; } = 1;

    /// <summary>Whether builds of the command line beside the native file are measured too.</summary>
    public bool AllBuilds { get; init; }

    /// <summary>Of each program, after one that reads the disk.</summary>
    public int Starts { get; init; } = 5;

    /// <summary>Whether "all" means the counting of instructions too, which takes minutes under valgrind.</summary>
    public bool Counts { get; init; }

    /// <summary>Of the shorter of two runs under valgrind; the longer has three times as many.</summary>
    public int CountedHandshakes { get; init; } = 20;

    public IReadOnlyList<int> Concurrencies { get; init; } = [256];
}
