using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OriginWatch.Inventory;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Probing;

/// <summary>All addresses, all hellos, and the limits between them.</summary>
public class TargetTests
{
    private static readonly TlsServerShape Everywhere = Prober.RsaShape with { Address = IPAddress.Any };

    [Fact]
    public async Task Every_address_is_looked_at_with_every_hello()
    {
        await using var server = TlsServer.Start(Everywhere);
        using var prober = NewProber(["127.0.0.1", "127.0.0.2"]);

        var outcome = await ProbeAsync(prober, Target(server.EndPoint.Port, new(TlsProtocol.Ssl3, TlsProtocol.Tls12)));

        outcome.AddressesFound.ShouldBe(2);
        outcome
            .Attempts.Select(attempt => $"{attempt.Address} {attempt.Offered}")
            .ShouldBe(["127.0.0.1 SSLv3", "127.0.0.1 TLSv1.2", "127.0.0.2 SSLv3", "127.0.0.2 TLSv1.2"]);
        outcome.Attempts.Select(attempt => attempt.Result is Handshake).ShouldBe([false, true, false, true]);
    }

    [Fact]
    public async Task More_than_eight_addresses_are_cut_and_counted()
    {
        await using var server = TlsServer.Start(Everywhere);
        using var prober = NewProber([.. Enumerable.Range(1, 12).Select(i => $"127.0.0.{i}")]);

        var outcome = await ProbeAsync(prober, Target(server.EndPoint.Port));

        outcome.AddressesFound.ShouldBe(12);
        outcome.Attempts.Count.ShouldBe(ProbeLimits.MaxAddressesPerName);
        outcome.Attempts.ShouldAllBe(attempt => attempt.Result is Handshake);
    }

    [Fact]
    public async Task A_failed_look_up_is_one_attempt_without_an_address()
    {
        using var prober = NewProber([]);

        var attempt = (await ProbeAsync(prober, Target(443))).Attempts.ShouldHaveSingleItem();

        attempt.Address.ShouldBeNull();
        attempt.Result.ShouldBeOfType<ProbeFailure>().Stage.ShouldBe(ProbeStage.Resolve);
    }

    [Fact]
    public async Task A_private_address_is_refused_without_a_connection()
    {
        await using var server = TlsServer.Start(Prober.RsaShape);
        using var prober = NewProber(["127.0.0.1", "::ffff:127.0.0.1"], allowPrivate: false);

        var outcome = await ProbeAsync(
            prober,
            Target(server.EndPoint.Port) with
            {
                AllowedEndpoint = new(IPAddress.Loopback, server.EndPoint.Port + 1),
            }
        );

        outcome.Attempts.Count.ShouldBe(2);
        outcome.Attempts.ShouldAllBe(attempt => ((ProbeFailure)attempt.Result).Reason == FailureReason.AddressNotAllowed);
        server.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task One_address_meets_four_connections_at_a_time()
    {
        var patience = TimeSpan.FromMilliseconds(300);
        await using var server = TlsServer.Start(new() { Script = ServerScript.Silence });
        using var prober = new TlsProber(new() { HandshakeTimeout = patience }, new Addresses([]), TimeProvider.System);
        var start = Stopwatch.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ProbeAsync(prober, Prober.Target(server.EndPoint))));

        Stopwatch.GetElapsedTime(start).ShouldBeGreaterThanOrEqualTo(patience * 2 - TimeSpan.FromMilliseconds(20));
        server.Connections.ShouldBe(5);
    }

    [Fact]
    public async Task A_host_that_does_not_answer_gives_its_place_to_one_that_does()
    {
        using var silent = new FullBacklog();
        await using var server = TlsServer.Start(Prober.RsaShape);
        using var cancel = new CancellationTokenSource();
        using var prober = new TlsProber(new() { Concurrency = 1 }, new Addresses([]), TimeProvider.System);

        var dead = prober.ProbeAsync(Prober.Target(silent.EndPoint), cancel.Token);
        var outcome = await ProbeAsync(prober, Prober.Target(server.EndPoint));

        outcome.Attempts.ShouldHaveSingleItem().Result.ShouldBeOfType<Handshake>();
        dead.IsCompleted.ShouldBeFalse(); // it may take all of its own time
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => dead);
    }

    [Fact]
    public async Task Cancelling_closes_the_connection()
    {
        await using var server = TlsServer.Start(new() { Script = ServerScript.Silence });
        using var cancel = new CancellationTokenSource();
        using var prober = Prober.New();
        var probe = prober.ProbeAsync(Prober.Target(server.EndPoint), cancel.Token);
        while (server.Connections == 0)
        {
            await Task.Yield();
        }

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => probe);
    }

    [Fact]
    public async Task A_listener_with_a_full_backlog_is_a_connect_time_out_after_all_attempts()
    {
        using var silent = new FullBacklog();

        using var prober = Prober.New();
        var target = Prober.Target(silent.EndPoint) with { ConnectionTimeout = TimeSpan.FromMilliseconds(200), ConnectionAttempts = 2 };

        var failure = (await ProbeAsync(prober, target)).Attempts.ShouldHaveSingleItem().Result.ShouldBeOfType<ProbeFailure>();

        failure.Reason.ShouldBe(FailureReason.ConnectTimeout);
        failure.Detail.ShouldBe("no answer to 2 connection attempts of 0.2 seconds");
    }

    [Theory]
    [InlineData("255.255.255.255", FailureReason.Unreachable)]
    [InlineData("ff02::1", FailureReason.NoRouteForFamily)]
    public async Task What_the_kernel_cannot_route_says_so(string address, FailureReason reason)
    {
        using var prober = NewProber([address]);

        var result = (await ProbeAsync(prober, Target(443))).Attempts.ShouldHaveSingleItem().Result;

        result.ShouldBeOfType<ProbeFailure>().Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData(SocketError.ConnectionReset, "192.0.2.1", FailureReason.ConnectionReset)]
    [InlineData(SocketError.HostUnreachable, "192.0.2.1", FailureReason.Unreachable)]
    [InlineData(SocketError.NetworkUnreachable, "192.0.2.1", FailureReason.Unreachable)]
    [InlineData(SocketError.NetworkUnreachable, "2001:db8::1", FailureReason.NoRouteForFamily)]
    [InlineData(SocketError.TimedOut, "192.0.2.1", FailureReason.ConnectTimeout)]
    [InlineData(SocketError.TooManyOpenSockets, "192.0.2.1", FailureReason.Unreachable)]
    public void Each_error_of_connect_has_a_reason(SocketError error, string address, FailureReason reason) =>
        ConnectFailures.Of(error, new(IPAddress.Parse(address), 443)).Reason.ShouldBe(reason);

    [Fact]
    public async Task The_second_pass_offers_each_version_alone()
    {
        await using var server = TlsServer.Start(Prober.RsaShape with { Protocols = new(TlsProtocol.Tls11, TlsProtocol.Tls12) });
        using var prober = Prober.New();

        var versions = await prober.ScanVersionsAsync(
            Prober.Target(server.EndPoint),
            Enum.GetValues<TlsProtocol>(),
            TestContext.Current.CancellationToken
        );

        versions.Accepted.ShouldBe(new ProtocolSet(TlsProtocol.Tls11, TlsProtocol.Tls12));
        versions.Refused.ShouldBe(new ProtocolSet(TlsProtocol.Ssl3, TlsProtocol.Tls10, TlsProtocol.Tls13));
        server.Connections.ShouldBe(5);
    }

    [Fact]
    public async Task A_version_that_meets_silence_is_neither_accepted_nor_refused()
    {
        await using var server = TlsServer.Start(new() { Script = ServerScript.Silence });
        using var prober = Prober.New(handshakeTimeout: TimeSpan.FromMilliseconds(200));

        var versions = await prober.ScanVersionsAsync(
            Prober.Target(server.EndPoint),
            [TlsProtocol.Tls12],
            TestContext.Current.CancellationToken
        );

        versions.ShouldBe(new(new(), new()));
    }

    [Fact]
    public void The_bounds_are_those_of_the_design()
    {
        new ProberOptions().Concurrency.ShouldBe(64);
        ProbeLimits.InSilence(64).ShouldBe(448);
        ProbeLimits.InSilence(512).ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => new ProberOptions { Concurrency = 513 });
        Should.Throw<ArgumentOutOfRangeException>(() => new ProberOptions { Concurrency = 0 });
    }

    private static ProbeTarget Target(int port, ProtocolSet? protocols = null) =>
        new()
        {
            DomainName = Prober.Name,
            Port = port,
            ServerName = Prober.Name,
            Protocols = protocols ?? new(TlsProtocol.Tls12, TlsProtocol.Tls13),
            ConnectionAttempts = 1,
        };

    private static TlsProber NewProber(string[] addresses, bool allowPrivate = true) =>
        new(new() { AllowPrivateAddresses = allowPrivate }, new Addresses(addresses), TimeProvider.System);

    private static Task<TargetOutcome> ProbeAsync(TlsProber prober, ProbeTarget target) =>
        prober.ProbeAsync(target, TestContext.Current.CancellationToken);

    private sealed class Addresses(string[] addresses) : INameResolver
    {
        public Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken) =>
            Task.FromResult(
                addresses.Length == 0
                    ? NameResolution.Failed(FailureReason.NameNotFound, "nothing")
                    : NameResolution.Of([.. addresses.Select(IPAddress.Parse)])
            );
    }
}
