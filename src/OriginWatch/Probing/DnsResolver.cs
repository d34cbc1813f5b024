using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;
using OriginWatch.Inventory;
using OriginWatch.Names;

namespace OriginWatch.Probing;

/// <summary>
/// Looks names up in DNS, A and AAAA as the origin's address type wants. Answers are shared within the run, so that a retry
/// connects to the same addresses; failures for less than the pause before it.
/// </summary>
public sealed class DnsResolver : INameResolver
{
    /// <summary>Names remembered; a run with more still resolves them, each time anew.</summary>
    internal const int MaxRemembered = 20_000;

    /// <summary>A server gets one question and one repetition before the next server is asked, and two servers fit into
    /// <see cref="ProbeLimits.Resolution"/>. One alone gets the time of both: where the processor has too much to do, an answer that has
    /// arrived is read late.</summary>
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromMilliseconds(1200);

    private static readonly TimeSpan FailureLifetime = TimeSpan.FromSeconds(4);
    private static readonly Task<NameResolution?> NoQuestion = Task.FromResult<NameResolution?>(null);

    private readonly ConcurrentDictionary<(string Name, IpAddressType Type), Task<Remembered>> _answers = new();
    private readonly LookupClient _client;
    private readonly TimeProvider _time;

    /// <param name="servers">The servers to ask; null for those of the system.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public DnsResolver(IReadOnlyList<IPEndPoint>? servers = null, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _client = new(Options(servers));
    }

    internal static LookupClientOptions Options(IReadOnlyList<IPEndPoint>? servers)
    {
        var options = servers is null ? new LookupClientOptions() : new LookupClientOptions([.. servers]);
        var count = servers?.Count ?? NameServer.ResolveNameServers(fallbackToGooglePublicDns: false).Count;
        options.UseCache = false;
        options.Timeout = count > 1 ? QueryTimeout : 2 * QueryTimeout;
        options.Retries = 1;
        options.ThrowDnsErrors = false;
        options.EnableAuditTrail = false;
        return options;
    }

    public async Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken)
    {
        if (DomainNames.Canonical(name) is not { } canonical)
        {
            return NameResolution.Failed(FailureReason.InvalidName, "the domain name is not a valid DNS name");
        }

        while (true)
        {
            var answer = Share((canonical, addressType), cancellationToken);
            try
            {
                return (await answer.WaitAsync(cancellationToken).ConfigureAwait(false)).Answer;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Another caller started this lookup and gave up; ask again on our own account.
                _answers.TryRemove(new((canonical, addressType), answer));
            }
        }
    }

    private Task<Remembered> Share((string Name, IpAddressType Type) key, CancellationToken cancellationToken)
    {
        if (_answers.TryGetValue(key, out var known) && !IsStale(known))
        {
            return known;
        }

        var fresh = LookUpAsync(key.Name, key.Type, cancellationToken);
        if (known is not null)
        {
            return _answers.TryUpdate(key, fresh, known) ? fresh : _answers.GetOrAdd(key, fresh);
        }

        return _answers.Count < MaxRemembered ? _answers.GetOrAdd(key, fresh) : fresh;
    }

    private bool IsStale(Task<Remembered> known) =>
        known.IsCompletedSuccessfully
        && known.Result.Answer.Failure is not null
        && _time.GetElapsedTime(known.Result.At) >= FailureLifetime;

    private async Task<Remembered> LookUpAsync(string name, IpAddressType addressType, CancellationToken cancellationToken)
    {
        var wantsV4 = addressType != IpAddressType.Ipv6;
        var wantsV6 = addressType != IpAddressType.Ipv4;
        using var bound = new CancellationTokenSource(ProbeLimits.Resolution, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bound.Token);
        var answers = await Task.WhenAll(
                wantsV4 ? QueryAsync(name, QueryType.A, linked.Token, cancellationToken) : NoQuestion,
                wantsV6 ? QueryAsync(name, QueryType.AAAA, linked.Token, cancellationToken) : NoQuestion
            )
            .ConfigureAwait(false);
        return new(Merge([.. answers.OfType<NameResolution>()]), _time.GetTimestamp());
    }

    /// <summary>Addresses of either family do; without any, "nobody can tell" outweighs "there is none".</summary>
    private static NameResolution Merge(IReadOnlyList<NameResolution> answers)
    {
        var addresses = answers.SelectMany(answer => answer.Addresses).Distinct().ToList();
        return addresses.Count > 0
            ? NameResolution.Of(addresses)
            : answers
                .OrderBy(answer =>
                    answer.Failure switch
                    {
                        FailureReason.ResolverTimeout or FailureReason.ServerFailure => 0,
                        FailureReason.NameNotFound => 1,
                        _ => 2,
                    }
                )
                .First();
    }

    private async Task<NameResolution?> QueryAsync(
        string name,
        QueryType type,
        CancellationToken bounded,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var response = await _client.QueryAsync(name, type, QueryClass.IN, bounded).ConfigureAwait(false);
            return DnsAnswer.BelongsTo(response, name, type)
                ? Read(response, name, type)
                : NameResolution.Failed(
                    FailureReason.ServerFailure,
                    $"the resolver {response.NameServer.Address} sent an answer to another question"
                );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NameResolution.Failed(
                FailureReason.ResolverTimeout,
                $"{Resolvers} gave no {type} answer within {ProbeLimits.Resolution.TotalSeconds:0} seconds"
            );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Failure(e, type);
        }
    }

    private static NameResolution Read(IDnsQueryResponse response, string name, QueryType type)
    {
        var code = (DnsHeaderResponseCode)response.Header.ResponseCode;
        if (code == DnsHeaderResponseCode.NotExistentDomain)
        {
            return NameResolution.Failed(
                FailureReason.NameNotFound,
                DnsAnswer.LastAlias(response, name) is { } alias
                    ? $"a CNAME record of the domain name leads to {alias.TrimEnd('.')}, which does not exist in DNS (NXDOMAIN)"
                    : "the domain name does not exist in DNS (NXDOMAIN)"
            );
        }

        if (code != DnsHeaderResponseCode.NoError)
        {
            return NameResolution.Failed(
                FailureReason.ServerFailure,
                $"the resolver {response.NameServer.Address} answered {Mnemonic(code)}"
            );
        }

        var addresses = DnsAnswer.Addresses(response, name, type).ToList();
        return addresses.Count > 0
            ? NameResolution.Of(addresses)
            : NameResolution.Failed(
                FailureReason.NoAddressOfFamily,
                $"the domain name has no {type} record, and so no {(type == QueryType.A ? "IPv4" : "IPv6")} address"
            );
    }

    /// <summary>Whom the question went to, for a sentence.</summary>
    private string Resolvers =>
        _client.NameServers is { Count: > 0 } servers
            ? $"the resolver{(servers.Count == 1 ? "" : "s")} {string.Join(", ", servers.Select(server => server.Address))}"
            : "the resolver";

    private NameResolution Failure(Exception exception, QueryType type) =>
        exception switch
        {
            DnsResponseException { Code: DnsResponseCode.ConnectionTimeout } => NameResolution.Failed(
                FailureReason.ResolverTimeout,
                $"{Resolvers} gave no {type} answer in time"
            ),
            DnsResponseException { InnerException: SocketException or OperationCanceledException } => NameResolution.Failed(
                FailureReason.ResolverTimeout,
                $"{Resolvers} cannot be reached"
            ),
            _ => NameResolution.Failed(FailureReason.ServerFailure, $"the resolver's {type} answer could not be read"),
        };

    private static string Mnemonic(DnsHeaderResponseCode code) =>
        code switch
        {
            DnsHeaderResponseCode.ServerFailure => "SERVFAIL",
            DnsHeaderResponseCode.Refused => "REFUSED",
            DnsHeaderResponseCode.FormatError => "FORMERR",
            DnsHeaderResponseCode.NotImplemented => "NOTIMP",
            _ => $"with code {(int)code}",
        };

    private sealed record Remembered(NameResolution Answer, long At);
}
