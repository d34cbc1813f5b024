using System.CommandLine;
using System.Net;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch probe HOST[:PORT]</c>: any host as if it were an origin; needs no account.</summary>
internal sealed class ProbeCommand
{
    private const int HttpsPort = 443;

    private readonly Argument<string> _host = new("HOST[:PORT]") { Description = "A domain name or an IP address; port 443 when left out" };
    private readonly Option<string?> _sni = new("--sni") { Description = "The viewer's Host, as if it were forwarded: sent as SNI, and asked of the certificate", HelpName = "NAME" };

    private readonly Option<ProtocolSet> _protocols = new("--protocols")
    {
        Description = "OriginSslProtocols, a list out of SSLv3, TLSv1, TLSv1.1, TLSv1.2 and TLSv1.3",
        HelpName = "LIST",
        DefaultValueFactory = _ => new ProtocolSet(TlsProtocol.Tls12),
        CustomParser = OptionParsers.Protocols,
    };

    private readonly Option<string> _addressType = new("--ip-address-type")
    {
        Description = "The origin's IpAddressType: ipv4 (CloudFront's default), ipv6 or dualstack",
        HelpName = "TYPE",
        DefaultValueFactory = _ => IpAddressType.Ipv4.Value,
    };

    private readonly ConnectionOptions _connection = new();

    public Command Create()
    {
        var command = new Command("probe", "Make CloudFront's handshake with any host, and say what would come of it. Example: originwatch probe www.example.com --sni shop.example.com") { _host, _sni, _protocols, _addressType };
        _addressType.AcceptOnlyFromAmong("ipv4", "ipv6", "dualstack");
        _connection.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (host, port) = Split(parsed.GetRequiredValue(_host));
        var inventory = new SingleOriginInventory(host, port, parsed.GetValue(_sni), parsed.GetRequiredValue(_protocols), new(parsed.GetRequiredValue(_addressType)));
        return OriginStories.RunAsync(parsed, _connection, inventory, originId: null, cancellationToken);
    }

    private static (string Host, int Port) Split(string text)
    {
        if (IPAddress.TryParse(text.Trim('[', ']'), out var literal))
        {
            return (literal.ToString(), HttpsPort);
        }

        var colon = text.LastIndexOf(':');
        return colon < 0 ? (text, HttpsPort)
            : ushort.TryParse(text.AsSpan(colon + 1), out var port) && port > 0 && colon > 0 ? (text[..colon].Trim('[', ']'), port)
            : throw new CommandException($"'{text}' is no HOST[:PORT]: write www.example.com, www.example.com:8443 or [2001:db8::1]:8443.");
    }
}
