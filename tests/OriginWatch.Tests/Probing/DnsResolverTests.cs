using System.Net;
using Microsoft.Extensions.Time.Testing;
using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Loopback;
using OriginWatch.Probing;

namespace OriginWatch.Tests.Probing;

public sealed class DnsResolverTests : IAsyncDisposable
{
    private readonly FakeDns _dns = new();
    private readonly FakeTimeProvider _time = new();
    private readonly DnsResolver _resolver;

    public DnsResolverTests() => _resolver = new([_dns.EndPoint], _time);

    public ValueTask DisposeAsync() => _dns.DisposeAsync();

    [Theory]
    [InlineData("ipv4", "192.0.2.1", "both A")]
    [InlineData("ipv6", "2001:db8::1", "both AAAA")]
    [InlineData("dualstack", "192.0.2.1 2001:db8::1", "both A|both AAAA")]
    public async Task Asks_for_the_families_that_the_origin_wants(string type, string addresses, string questions)
    {
        var answer = await Resolve("both.example", new(type));

        answer.Failure.ShouldBeNull();
        answer.Addresses.ShouldBe(addresses.Split(' ').Select(IPAddress.Parse));
        _dns.Questions.Order(StringComparer.Ordinal).ShouldBe(questions.Split('|'));
    }

    [Theory]
    [InlineData("nxdomain.example", "ipv4", FailureReason.NameNotFound, "NXDOMAIN")]
    [InlineData("nxdomain.example", "dualstack", FailureReason.NameNotFound, "NXDOMAIN")]
    [InlineData(
        "dangling.example",
        "ipv4",
        FailureReason.NameNotFound,
        "a CNAME record of the domain name leads to gone, which does not exist in DNS (NXDOMAIN)"
    )]
    [InlineData("v6only.example", "ipv4", FailureReason.NoAddressOfFamily, "no A record")]
    [InlineData("v4only.example", "ipv6", FailureReason.NoAddressOfFamily, "no AAAA record")]
    [InlineData("servfail.example", "ipv4", FailureReason.ServerFailure, "the resolver 127.0.0.1 answered SERVFAIL")]
    [InlineData("refused.example", "ipv4", FailureReason.ServerFailure, "REFUSED")]
    [InlineData("garbage.example", "ipv4", FailureReason.ResolverTimeout, "cannot be reached")] // asked again over TCP, where nobody listens
    [InlineData("othername.example", "ipv4", FailureReason.ServerFailure, "another question")]
    [InlineData("othertype.example", "ipv4", FailureReason.ServerFailure, "another question")]
    [InlineData("otherclass.example", "ipv4", FailureReason.ServerFailure, "another question")]
    [InlineData("query.example", "ipv4", FailureReason.ServerFailure, "another question")]
    [InlineData("stranger.example", "ipv4", FailureReason.NoAddressOfFamily, "no A record")]
    [InlineData("aliasloop.example", "ipv4", FailureReason.NoAddressOfFamily, "no A record")]
    [InlineData("silent.example", "ipv4", FailureReason.ResolverTimeout, "no A answer")]
    [InlineData("a b.example", "ipv4", FailureReason.InvalidName, "not a valid DNS name")]
    [InlineData("", "ipv4", FailureReason.InvalidName, "not a valid DNS name")]
    public async Task Tells_failures_apart(string name, string type, FailureReason reason, string evidence)
    {
        var answer = await Resolve(name, new(type));

        answer.Failure.ShouldBe(reason, answer.Detail);
        answer.Detail.ShouldContain(evidence);
        answer.Addresses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_resolver_that_is_not_there_is_a_time_out()
    {
        using var closed = new OriginWatch.Loopback.ClosedPort();

        var answer = await new DnsResolver([closed.EndPoint]).ResolveAsync(
            "origin.example",
            443,
            IpAddressType.Ipv4,
            TestContext.Current.CancellationToken
        );

        answer.Failure.ShouldBe(FailureReason.ResolverTimeout, answer.Detail);
    }

    [Theory]
    [InlineData("v4only.example")]
    [InlineData("halfbroken.example")]
    public async Task One_family_is_enough_for_dualstack(string name) =>
        (await Resolve(name, IpAddressType.Dualstack)).Addresses.ShouldBe([IPAddress.Parse("192.0.2.1")]);

    [Fact]
    public async Task Addresses_behind_a_CNAME_count() =>
        (await Resolve("alias.example")).Addresses.ShouldBe([IPAddress.Parse("192.0.2.1")]);

    [Fact]
    public async Task Answers_are_shared_within_the_run_however_the_name_is_written()
    {
        await Task.WhenAll(Resolve("many.example"), Resolve("MANY.example."));
        _time.Advance(TimeSpan.FromMinutes(10));
        (await Resolve("many.example")).Addresses.Count.ShouldBe(12);

        _dns.Questions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_is_asked_again_by_the_second_look()
    {
        await Resolve("nxdomain.example");
        await Resolve("nxdomain.example");
        _dns.Questions.Count.ShouldBe(1);

        _time.Advance(AuditOptions.DefaultConfirmationDelay);
        await Resolve("nxdomain.example");
        _dns.Questions.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_question_and_its_repetition_to_each_server_fit_into_the_bound_and_take_most_of_it(int servers)
    {
        var options = DnsResolver.Options([.. Enumerable.Repeat(new IPEndPoint(IPAddress.Loopback, 53), servers)]);

        var whole = servers * (1 + options.Retries) * options.Timeout;
        whole.ShouldBeInRange(ProbeLimits.Resolution * 0.9, ProbeLimits.Resolution);
    }

    [Fact]
    public void Without_a_server_named_the_systems_are_asked_as_they_are_at_the_time_and_no_others()
    {
        var options = DnsResolver.Options(servers: null);

        (options.AutoResolveNameServers, options.NameServers.Count).ShouldBe((true, 0));
    }

    [Fact]
    public async Task Silence_ends_at_the_bound()
    {
        var answer = Resolve("silent.example");
        _time.Advance(ProbeLimits.Resolution);

        (await answer).Failure.ShouldBe(FailureReason.ResolverTimeout);
    }

    [Fact]
    public async Task Cancelling_one_caller_leaves_the_others_their_answer()
    {
        using var impatient = new CancellationTokenSource();
        var first = _resolver.ResolveAsync("silent.example", 443, IpAddressType.Ipv4, impatient.Token);
        var second = Resolve("silent.example");
        await impatient.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => first);
        (await second).Failure.ShouldBe(FailureReason.ResolverTimeout);
    }

    private Task<NameResolution> Resolve(string name, IpAddressType? type = null) =>
        _resolver.ResolveAsync(name, 443, type ?? IpAddressType.Ipv4, TestContext.Current.CancellationToken);
}
