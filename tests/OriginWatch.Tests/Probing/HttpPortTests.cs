using System.Net;
using System.Net.Sockets;
using OriginWatch.Inventory;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Targets;

namespace OriginWatch.Tests.Probing;

/// <summary>An HTTP port is connected to, told nothing, and left.</summary>
public class HttpPortTests
{
    [Fact]
    public async Task A_connection_is_closed_at_once_and_nothing_is_sent()
    {
        var heard = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new LoopbackServer(async (stream, cancel) => heard.SetResult(await stream.ReadAsync(new byte[1], cancel)));

        var result = await LookAsync(new(IPAddress.Loopback, new Uri(server.Url).Port));

        result.ShouldBeOfType<Connected>().ConnectTime.ShouldNotBeNull();
        (await heard.Task.WaitAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task A_closed_port_is_a_refusal()
    {
        using var closed = new ClosedPort();

        var failure = (await LookAsync(closed.EndPoint)).ShouldBeOfType<ProbeFailure>();

        (failure.Stage, failure.Reason, failure.Detail).ShouldBe(
            (ProbeStage.Connect, FailureReason.ConnectionRefused, $"port {closed.EndPoint.Port} refused the connection")
        );
    }

    [Fact]
    public async Task Silence_is_a_time_out_after_all_attempts()
    {
        using var silent = new FullBacklog();

        var failure = (await LookAsync(silent.EndPoint, TimeSpan.FromMilliseconds(200))).ShouldBeOfType<ProbeFailure>();

        (failure.Reason, failure.Detail).ShouldBe((FailureReason.ConnectTimeout, "no answer to 2 connection attempts of 0.2 seconds"));
    }

    [Fact]
    public async Task Every_address_is_looked_at_and_more_than_eight_are_cut()
    {
        await using var server = TlsServer.Start(new() { Script = ServerScript.Silence, Address = IPAddress.Any });
        using var prober = NewProber(12);

        var outcome = await prober.ConnectAsync(Target(server.EndPoint.Port), TestContext.Current.CancellationToken);

        outcome.AddressesFound.ShouldBe(12);
        outcome
            .Attempts.Select(attempt => attempt.Address!.ToString())
            .ShouldBe(Enumerable.Range(1, ProbeLimits.MaxAddressesPerName).Select(i => $"127.0.0.{i}"));
        outcome.Attempts.ShouldAllBe(attempt => attempt.Result is Connected);
    }

    [Fact]
    public async Task A_private_address_is_not_connected_to()
    {
        await using var server = TlsServer.Start(new() { Script = ServerScript.Silence });
        using var prober = NewProber(1, allowPrivate: false);

        var outcome = await prober.ConnectAsync(Target(server.EndPoint.Port), TestContext.Current.CancellationToken);

        outcome.Attempts.ShouldHaveSingleItem().Result.ShouldBeOfType<ProbeFailure>().Reason.ShouldBe(FailureReason.AddressNotAllowed);
        server.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_failed_look_up_is_one_attempt_without_an_address()
    {
        using var prober = NewProber(0);

        var attempt = (await prober.ConnectAsync(Target(80), TestContext.Current.CancellationToken)).Attempts.ShouldHaveSingleItem();

        attempt.Address.ShouldBeNull();
        attempt.Result.ShouldBeOfType<ProbeFailure>().Stage.ShouldBe(ProbeStage.Resolve);
    }

    private static async Task<ProbeResult> LookAsync(IPEndPoint endPoint, TimeSpan? connectionTimeout = null)
    {
        using var prober = Prober.New();
        var target = new HttpTarget
        {
            DomainName = endPoint.Address.ToString(),
            Port = endPoint.Port,
            ConnectionAttempts = 2,
            ConnectionTimeout = connectionTimeout ?? TimeSpan.FromMinutes(2),
            AllowedEndpoint = endPoint,
        };
        return (await prober.ConnectAsync(target, TestContext.Current.CancellationToken)).Attempts.ShouldHaveSingleItem().Result;
    }

    private static HttpTarget Target(int port) => new() { DomainName = Prober.Name, Port = port };

    private static TlsProber NewProber(int addresses, bool allowPrivate = true) =>
        new(new() { AllowPrivateAddresses = allowPrivate }, new Loopbacks(addresses), TimeProvider.System);

    private sealed class Loopbacks(int count) : INameResolver
    {
        public Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken) =>
            Task.FromResult(
                count == 0
                    ? NameResolution.Failed(FailureReason.NameNotFound, "nothing")
                    : NameResolution.Of([.. Enumerable.Range(1, count).Select(i => IPAddress.Parse($"127.0.0.{i}"))])
            );
    }
}
