using System.Net;
using System.Text;
using OriginWatch.Probing;
using OriginWatch.Probing.Recorded;
using OriginWatch.Targets;
using OriginWatch.Text;
using OriginWatch.Tls;
using Shouldly;
using Xunit;

namespace OriginWatch.Tests.Probing.Organization;

public sealed class ObservationTests
{
    private static readonly byte[] Leaf = [1, 2, 3];
    private static readonly byte[] Issuer = [.. Enumerable.Repeat((byte)7, 3000)];

    [Fact]
    public void Everything_that_was_seen_comes_back_and_a_certificate_that_many_send_is_written_once()
    {
        IReadOnlyList<ProbeRecord> records = [.. Enumerable.Range(1, 40).Select(number => Record($"host{number:00}.example.com"))];
        var file = ObservationFile.Write(records);
        file.Length.ShouldBeLessThan(40 * 2500);
        var read = ObservationFile.Read(file);
        read.Count.ShouldBe(40);
        var (before, after) = (records[0], read.Single(record => record.Target.DomainName == "host01.example.com"));
        after.Target.ShouldBe(before.Target);
        after.Versions.ShouldBe(before.Versions);
        after.Looks[0].Attempts[0].Result.Seen.Chain.Select(certificate => certificate.ToArray()).ShouldBe([Leaf, Issuer]);
        after.Looks[0].Attempts[0].Result.Seen.Alerts.ShouldBe(before.Looks[0].Attempts[0].Result.Seen.Alerts);
        after.Looks[0].Attempts[1].Address.ShouldBe(IPAddress.Parse("2001:db8::1"));
        after.Looks[1].Attempts[0].Result.ShouldBeOfType<ProbeFailure>().Reason.ShouldBe(FailureReason.NameNotFound);
        ObservationFile.Write(read).ToArray().ShouldBe(file.ToArray(), "nothing is lost on the way");
    }

    [Fact]
    public void One_server_with_endless_certificates_takes_nobody_elses_place()
    {
        var large = Enumerable
            .Range(0, 100)
            .Select(number =>
                Flight(
                    $"large{number:000}.example.com",
                    [.. Enumerable.Range(0, 64).Select(part => (ReadOnlyMemory<byte>)Noise(number, part))]
                )
            );
        var read = ObservationFile.Read(ObservationFile.Write([.. large, Record("small.example.com")]));
        read.ShouldContain(record => record.Target.DomainName == "small.example.com");
        read.Count.ShouldBeLessThan(101);
    }

    [Theory]
    [InlineData("\"schema\":1", "\"schema\":2", "a newer version wrote it. Deploy the same version to all functions")]
    [InlineData("AQID", "AQIE", "cut short or edited")]
    [InlineData("192.0.2.1", "192.0.2.x", "cut short or edited")]
    [InlineData("\"NoCommonProtocol\"", "99", "cut short or edited")]
    [InlineData("\"TLSv1.2\"", "null", "cut short or edited")]
    [InlineData("\"looks\":[{", "\"looks\":[null,{", "cut short or edited")]
    [InlineData("\"chain\":[\"", "\"chain\":[\"0", "cut short or edited")]
    [InlineData("}", "", "cut short")]
    public void What_was_edited_or_is_of_a_newer_version_is_refused_with_a_sentence(string from, string to, string sentence)
    {
        var text = Encoding.UTF8.GetString(ObservationFile.Write([Record("a.example.com")]).Span);
        text.ShouldContain(from);
        Should
            .Throw<OperatorException>(() => ObservationFile.Read(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal))))
            .Message.ShouldContain(sentence);
    }

    [Fact]
    public async Task A_second_look_is_the_retry_and_what_was_never_looked_at_was_not_reached()
    {
        var record = Record("a.example.com");
        var prober = new RecordedProber([record]);
        var target = (ProbeTarget)record.Target;
        (await prober.ProbeAsync(target, TestContext.Current.CancellationToken)).ShouldBe(record.Looks[0]);
        (await prober.ProbeAsync(target, TestContext.Current.CancellationToken)).ShouldBe(record.Looks[1]);
        foreach (var asked in new[] { target, target with { Port = 444 } })
        {
            (await prober.ProbeAsync(asked, TestContext.Current.CancellationToken))
                .Attempts.ShouldHaveSingleItem()
                .Result.ShouldBeOfType<ProbeFailure>()
                .Reason.ShouldBe(FailureReason.RunDeadline);
        }
    }

    private static byte[] Noise(int number, int part)
    {
        var bytes = new byte[16 * 1024];
        BitConverter.TryWriteBytes(bytes, ((long)number << 32) + part);
        return bytes;
    }

    private static ProbeRecord Flight(string name, IReadOnlyList<ReadOnlyMemory<byte>> chain)
    {
        var target = Given.Target(name);
        return new(
            target,
            [
                new(
                    target,
                    [new(IPAddress.Loopback, target.Protocols, IsConfirmation: false, new Handshake { Seen = new() { Chain = chain } })]
                ),
            ]
        );
    }

    private static ProbeRecord Record(string name)
    {
        var target = Given.Target(name) with { Protocols = new(TlsProtocol.Tls12) };
        var handshake = new Handshake
        {
            ConnectTime = TimeSpan.FromTicks(12345),
            HandshakeTime = TimeSpan.FromMilliseconds(2.5),
            Seen = new()
            {
                Protocol = TlsProtocol.Tls12,
                CipherSuite = 0xc02f,
                NamedGroup = 23,
                SignatureScheme = 0x0403,
                Chain = [Leaf, Issuer],
                OcspStapled = true,
                SecureRenegotiation = false,
                ClientCertificateRequested = true,
                AcceptableClientAuthorities = ["CN=x"],
                Alerts = [new(Received: true, Fatal: false, 112, "unrecognized_name")],
                LongestHandshakeMessage = 4711,
            },
        };
        var failure = new ProbeFailure
        {
            Stage = ProbeStage.Handshake,
            Reason = FailureReason.NoCommonProtocol,
            Detail = "alert 70",
            ConnectTime = TimeSpan.Zero,
            Seen = new() { SpokeInstead = "HTTP" },
        };
        ProbeAttempt Attempt(string address, ProbeResult result) =>
            new(IPAddress.Parse(address), target.Protocols, IsConfirmation: false, result);
        return new(
            target,
            [
                new(target, [Attempt("192.0.2.1", handshake), Attempt("2001:db8::1", failure)]) { AddressesFound = 9 },
                new(
                    target,
                    [
                        new(
                            Address: null,
                            target.Protocols,
                            IsConfirmation: false,
                            new ProbeFailure
                            {
                                Stage = ProbeStage.Resolve,
                                Reason = FailureReason.NameNotFound,
                                Detail = "NXDOMAIN",
                            }
                        ),
                    ]
                ),
            ]
        )
        {
            Versions = new(new(TlsProtocol.Tls12), new()),
        };
    }
}
