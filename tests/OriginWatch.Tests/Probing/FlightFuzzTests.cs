using CsCheck;
using OriginWatch.Fuzz;

namespace OriginWatch.Tests.Probing;

public class FlightFuzzTests
{
    private const long MostBytes = 16 * 1024 * 1024;

    /// <summary>`dotnet run --project tests/OriginWatch.Fuzz -c Release -- 1000000` runs more.</summary>
    [Fact]
    public void No_flight_of_a_server_throws_hangs_or_grows_the_process()
    {
        var fuzzer = new FlightFuzzer();
        Gen.Int.Positive.Sample(
            seed => fuzzer.Run(seed).AllocatedBytes.ShouldBeLessThan(MostBytes),
            seed: "0N0XIzNsQ0O2",
            iter: 1500,
            threads: 1
        );
    }
}
