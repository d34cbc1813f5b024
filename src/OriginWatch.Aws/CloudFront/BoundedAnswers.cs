using System.Diagnostics.CodeAnalysis;
using System.Net;
using Amazon.Runtime;

namespace OriginWatch.Aws.CloudFront;

/// <summary>Makes the HTTP client of the SDK as the SDK does, and bounds what it receives in all.</summary>
internal sealed class BoundedAnswers : HttpClientFactory
{
    /// <summary>A distribution with every setting in use takes about 100 KB; the default quota of an account is 500.</summary>
    public const long MostBytes = 128L * 1024 * 1024;
    private long _left = MostBytes;

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The client disposes of its handler.")]
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        ArgumentNullException.ThrowIfNull(clientConfig);
        var client = new HttpClient(new Handler(count => Interlocked.Add(ref _left, -count) >= 0));
        if (clientConfig.Timeout is { } timeout)
        {
            client.Timeout = timeout;
        }

        return client;
    }

    [SuppressMessage(
        "Reliability",
        "CA2000:Dispose objects before losing scope",
        Justification = "A delegating handler disposes of its inner handler."
    )]
    private sealed class Handler(Func<int, bool> take)
        : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            var content = new StreamContent(new BoundedXml(await response.Content.ReadAsStreamAsync(cancellationToken), take));
            foreach (var header in response.Content.Headers)
            {
                content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            response.Content = content;
            return response;
        }
    }
}
