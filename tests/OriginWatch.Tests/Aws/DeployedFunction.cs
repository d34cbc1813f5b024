using System.Reflection;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.SQS;
using Amazon.SQS.Model;
using OriginWatch.Aws;
using OriginWatch.Probing;
using OriginWatch.SelfTest;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Aws;

/// <summary>What a queue that is subscribed to the topic gets.</summary>
internal sealed record Notification(string Subject, string Message, IReadOnlyDictionary<string, string> Attributes);

/// <summary>The function of the deployed template: its variables, its role, its serializer; only roots and names are the test's.</summary>
internal sealed class DeployedFunction(MotoServer account, Func<TrustStore> roots, INameResolver names)
{
    public LambdaDependencies Parts(Stream output) =>
        new()
        {
            Variable = name => account.Setup.GetProperty("variables").TryGetProperty(name, out var value) ? value.ToString() : null,
            Clients = _ => LoopbackClients.On(account.Url, account.FunctionRole),
            Prober = settings => ProberTo(settings, names),
            Edge = NoEdge.Factory,
            TrustStore = roots,
            Canaries = (_, catalog, token) => StrictCanaries.CheckAsync(catalog, token),
            ConfirmationDelay = TimeSpan.Zero,
            Output = () => output,
        };

    public static TlsProber ProberTo(Settings settings, INameResolver names) =>
        new(new ProberOptions { Concurrency = settings.Connections, AllowPrivateAddresses = true }, names, TimeProvider.System);

    /// <summary>JSON in, the assembly's serializer, the handler, the serializer, JSON out.</summary>
    public static async Task<JsonElement> InvokeAsync(LambdaDependencies parts, string lambdaEvent, TimeSpan time)
    {
        var serializer = (ILambdaSerializer)
            Activator.CreateInstance(typeof(LambdaHandler).Assembly.GetCustomAttribute<LambdaSerializerAttribute>()!.SerializerType)!;
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(lambdaEvent));
        var summary = await new LambdaHandler(parts).HandleAsync(serializer.Deserialize<JsonElement>(input), new FakeLambdaContext(time));
        using var answer = new MemoryStream();
        serializer.Serialize(summary, answer);
        return JsonElement.Parse(answer.ToArray());
    }

    /// <summary>What came since the last time; SNS in moto delivers before it answers.</summary>
    public async Task<IReadOnlyList<Notification>> MessagesAsync(CancellationToken cancellationToken) =>
        [.. (await BodiesAsync("mailbox", cancellationToken)).Select(Read)];

    /// <summary>What the chat's topic got since the last time.</summary>
    public async Task<IReadOnlyList<JsonElement>> ChatsAsync(CancellationToken cancellationToken) =>
        [
            .. (await BodiesAsync("chatbox", cancellationToken)).Select(body =>
                JsonElement.Parse(JsonElement.Parse(body).GetProperty("Message").GetString()!)
            ),
        ];

    private async Task<IReadOnlyList<string>> BodiesAsync(string box, CancellationToken cancellationToken)
    {
        using var queue = new AmazonSQSClient(
            account.Administrator,
            new AmazonSQSConfig { ServiceURL = account.Url, AuthenticationRegion = "us-east-1" }
        );
        var messages =
            (
                await queue.ReceiveMessageAsync(
                    new ReceiveMessageRequest { QueueUrl = account.Text(box), MaxNumberOfMessages = 10 },
                    cancellationToken
                )
            ).Messages
            ?? [];
        foreach (var message in messages)
        {
            await queue.DeleteMessageAsync(account.Text(box), message.ReceiptHandle, cancellationToken);
        }

        return [.. messages.Select(message => message.Body)];
    }

    /// <summary>The envelope of a notification, as queues and HTTP subscribers get it.</summary>
    public static Notification Read(string body)
    {
        using var notification = JsonDocument.Parse(body);
        var root = notification.RootElement;
        var attributes =
            root.TryGetProperty("MessageAttributes", out var all) && all.ValueKind == JsonValueKind.Object
                ? all.EnumerateObject()
                    .ToDictionary(
                        attribute => attribute.Name,
                        attribute => attribute.Value.GetProperty("Value").GetString()!,
                        StringComparer.Ordinal
                    )
                : [];
        return new(root.GetProperty("Subject").GetString()!, root.GetProperty("Message").GetString()!, attributes);
    }
}
