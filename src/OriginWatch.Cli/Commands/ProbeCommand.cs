using System.CommandLine;
using System.Net.Sockets;
using OriginWatch.Inventory;
using OriginWatch.Names;
using OriginWatch.Tls;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch probe HOST[:PORT]</c>: any host as if it were an origin; needs no account.</summary>
internal sealed class ProbeCommand
{
    private const int HttpsPort = 443;

    private readonly Argument<string> _host = new("HOST[:PORT]") { Description = "A domain name or an IP address; port 443 when left out" };
    private readonly Option<string?> _sni = new("--sni")
    {
        Description = "The viewer's Host, as if it were forwarded: sent as SNI and matched against the certificate",
        HelpName = "NAME",
    };

    private readonly Option<ProtocolSet?> _protocols = new("--protocols")
    {
        Description = "OriginSslProtocols, a list out of SSLv3, TLSv1, TLSv1.1, TLSv1.2 (default) and TLSv1.3",
        HelpName = "LIST",
        CustomParser = OptionParsers.Protocols,
    };

    private readonly Option<string?> _addressType = new("--ip-address-type")
    {
        Description = "The addresses that CloudFront may connect to, as the origin's setting has it: ipv4 (default), ipv6 or dualstack",
        HelpName = "TYPE",
    };

    private readonly OriginStories _stories = new();

    public Command Create()
    {
        var command = new Command(
            "probe",
            "Make CloudFront's handshake with any host and report the result. Example: "
                + "originwatch probe www.example.com --sni shop.example.com"
        )
        {
            _host,
            _sni,
            _protocols,
            _addressType,
        };
        _addressType.AcceptOnlyFromAmong("ipv4", "ipv6", "dualstack");
        _stories.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (host, port) = Split(parsed.GetRequiredValue(_host));
        var inventory = new SingleOriginInventory(
            host,
            port,
            parsed.GetValue(_sni),
            parsed.GetValue(_protocols) ?? new ProtocolSet(TlsProtocol.Tls12),
            AddressTypeOf(host, parsed.GetValue(_addressType))
        );
        return _stories.RunAsync(parsed, inventory, _ => true, isHost: true, traffic: null, cancellationToken);
    }

    /// <summary>An address that is written out is meant; for a name CloudFront's default holds.</summary>
    private static IpAddressType AddressTypeOf(string host, string? type) =>
        type is not null ? new IpAddressType(type)
        : DomainNames.Literal(host) is { AddressFamily: AddressFamily.InterNetworkV6 } ? IpAddressType.Ipv6
        : IpAddressType.Ipv4;

    private static (string Host, int Port) Split(string text)
    {
        if (DomainNames.Literal(text) is { } literal)
        {
            return (literal.ToString(), HttpsPort);
        }

        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? text : text[..colon].Trim('[', ']');
        var port =
            colon < 0 ? HttpsPort
            : ushort.TryParse(text.AsSpan(colon + 1), out var number) ? number
            : 0;
        return port > 0 && (DomainNames.Canonical(host) is not null || DomainNames.Literal(host) is not null)
            ? (host, port)
            : throw new UsageException($"'{text}' is not HOST[:PORT]: write www.example.com, www.example.com:8443 or [2001:db8::1]:8443.");
    }
}
