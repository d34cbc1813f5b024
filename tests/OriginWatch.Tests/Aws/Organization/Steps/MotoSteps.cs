using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace OriginWatch.Tests.Aws.Organization.Steps;

/// <summary>How an execution ended.</summary>
internal sealed record EndedExecution(string Status, string? Error, string? Cause, string? Output);

/// <summary>The organization in moto with the state machine, whose functions are those of a <see cref="StepsHost"/>.</summary>
internal sealed class MotoSteps : IAsyncDisposable
{
    public const string Bucket = "originwatch-organization";
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(10) };
    private readonly DirectoryInfo _folder;
    private readonly MotoProcess _moto;
    private JsonElement _setup;

    private MotoSteps(DirectoryInfo folder, MotoProcess moto) => (_folder, _moto) = (folder, moto);

    public string Url => _moto.Url;

    /// <summary>Of the role that the members trust.</summary>
    public AWSCredentials Function => new SessionAWSCredentials(Text("key"), Text("secret"), Text("token"));

    public string Topic => Text("topic");

    private static string Script => Tools.InTests("Aws", "moto_steps.py");

    /// <param name="plan">The members.</param>
    /// <param name="pageSizes">Distributions in a page of an account's listing, by account id.</param>
    /// <param name="handlers">Where the functions are.</param>
    /// <param name="topics">Names of the topics beside the default one, each with a subscriber.</param>
    /// <param name="counted">When CloudFront counted what the plan says.</param>
    /// <param name="cancellationToken">Of the test.</param>
    public static async Task<MotoSteps> StartAsync(
        IReadOnlyList<PlannedAccount> plan,
        IReadOnlyDictionary<string, int> pageSizes,
        string handlers,
        IReadOnlyList<string> topics,
        DateTimeOffset counted,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateTempSubdirectory("originwatch");
        var moto = await MotoProcess.StartAsync(
            port => [Script, "serve", port, JsonSerializer.Serialize(pageSizes), folder.FullName, handlers],
            cancellationToken
        );
        var steps = new MotoSteps(folder, moto);
        var file = Path.Combine(folder.FullName, "plan.json");
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(
                new
                {
                    principal = "originwatch-function",
                    accounts = plan,
                    topics,
                    counted,
                },
                CamelCase
            ),
            cancellationToken
        );
        steps._setup = JsonElement.Parse(
            await Tools.RunAsync(
                "python3",
                [Script, "setup", steps.Url, file, Path.Combine(Tools.Top, "src", "organization", "originwatch.asl.json")]
            )
        );
        return steps;
    }

    /// <summary>Starts an execution and waits for its end.</summary>
    public async Task<EndedExecution> RunAsync(string name, CancellationToken cancellationToken)
    {
        await CallAsync(
            "StartExecution",
            new
            {
                stateMachineArn = Text("machine"),
                name,
                input = "{}",
            },
            cancellationToken
        );
        while (true)
        {
            var found = await CallAsync("DescribeExecution", new { executionArn = ArnOf(name) }, cancellationToken);
            if (found.GetProperty("status").GetString() != "RUNNING")
            {
                return found.Deserialize<EndedExecution>(CamelCase)!;
            }

            await Task.Delay(Poll, cancellationToken);
        }
    }

    /// <summary>As somebody does in the console.</summary>
    public Task AbortAsync(string name, CancellationToken cancellationToken) =>
        CallAsync("StopExecution", new { executionArn = ArnOf(name) }, cancellationToken);

    /// <summary>All e-mails so far, the oldest first.</summary>
    public IReadOnlyList<SentMail> Mails() => new MotoMailbox(_folder).Mails();

    /// <summary>What the queue at the default topic got since it was read last.</summary>
    public async Task<IReadOnlyList<Notification>> NotificationsAsync(CancellationToken cancellationToken)
    {
        using var queue = new AmazonSQSClient(Function, new AmazonSQSConfig { ServiceURL = Url, AuthenticationRegion = "us-east-1" });
        var read = await queue.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = Text("queue"), MaxNumberOfMessages = 10 },
            cancellationToken
        );
        foreach (var message in read.Messages ?? [])
        {
            await queue.DeleteMessageAsync(Text("queue"), message.ReceiptHandle, cancellationToken);
        }

        return [.. (read.Messages ?? []).Select(message => DeployedFunction.Read(message.Body))];
    }

    public void TurnNotifications(bool on) => new MotoMailbox(_folder).TurnNotifications(on);

    public async Task<JsonElement> ObjectAsync(string key, CancellationToken cancellationToken)
    {
        using var storage = LoopbackClients.On(Url, Function).Storage();
        using var response = await storage.GetObjectAsync(Bucket, key, cancellationToken);
        using var document = await JsonDocument.ParseAsync(response.ResponseStream, cancellationToken: cancellationToken);
        return document.RootElement.Clone();
    }

    /// <summary>The id of an organizational unit of the plan.</summary>
    public string Unit(string name) => _setup.GetProperty("units").GetProperty(name).GetString()!;

    public async Task PutAsync(string key, string content, CancellationToken cancellationToken)
    {
        using var storage = LoopbackClients.On(Url, Function).Storage();
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));
        await storage.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Bucket,
                Key = key,
                InputStream = stream,
                UseChunkEncoding = false,
            },
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<string>> KeysAsync(string prefix, CancellationToken cancellationToken)
    {
        using var storage = LoopbackClients.On(Url, Function).Storage();
        var found = await storage.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, Prefix = prefix }, cancellationToken);
        return [.. (found.S3Objects ?? []).Select(item => item.Key)];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _moto.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string ArnOf(string execution) =>
        $"{Text("machine").Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{execution}";

    private async Task<JsonElement> CallAsync(string operation, object input, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new StringContent(JsonSerializer.Serialize(input)) };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.0");
        request.Headers.Add("X-Amz-Target", $"AWSStepFunctions.{operation}");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=test/20261125/us-east-1/states/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var answer = await _client.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException($"{operation}: {text}");
    }

    private string Text(string name) => _setup.GetProperty(name).GetString()!;
}
