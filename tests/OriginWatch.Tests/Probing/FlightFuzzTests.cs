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
            seed =>
            {
                var outcome = fuzzer.Run(seed);
                outcome.AllocatedBytes.ShouldBeLessThan(MostBytes);
                outcome.Cpu.ShouldBeLessThan(TimeSpan.FromSeconds(10)); // of the whole process: other tests run beside
            },
            seed: "0N0XIzNsQ0O2",
            iter: 4000,
            threads: 1);
    }
}
