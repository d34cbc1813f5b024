using OriginWatch.Edge;

namespace OriginWatch.Benchmarks;

/// <summary>How much of everything is measured: all parts together take less than ten minutes on two cores.</summary>
internal sealed record RunSize
{
    public static readonly RunSize Full = new();

    /// <summary>What takes long, at the size for which its goals are set.</summary>
    public static readonly RunSize Large = new()
    {
        ScaleTargets = 50_000,
        EdgeOrigins = 2_000,
        EdgeBudget = EdgeOptions.DefaultBudget,
        OrganizationTargets = 20_000,
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
        FarmRounds = 1,
        Concurrencies = [256],
    };

    /// <summary>Batches that are thrown away: the runtime compiles hot code again while they run.</summary>
    public int WarmUps { get; init; } = 8;

    public int Batches { get; init; } = 5;
    public int Handshakes { get; init; } = 1_000;
    public int OpenSslSeconds { get; init; } = 2;
    public int Hosts { get; init; } = 200;
    public int OpenConnections { get; init; } = 1_000;
    public int ScaleTargets { get; init; } = 20_000;
    public int PlannedOrigins { get; init; } = 50_000;
    public int EdgeOrigins { get; init; } = 400;
    public TimeSpan EdgeBudget { get; init; } = TimeSpan.FromSeconds(30);
    public int OrganizationTargets { get; init; } = 5_000;

    /// <summary>Each of which compares the command line once with its alternative.</summary>
    public int FarmRounds { get; init; } = 3;
    public IReadOnlyList<int> Concurrencies { get; init; } = [64, 256];
}
