using System.Globalization;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Servers;

namespace OriginWatch.Benchmarks.Memory;

/// <summary>What an open connection holds while the server takes its time.</summary>
internal sealed class MemoryPart(RunSize size, Action<string> log)
{
    private const double HeldKb = 90;

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        if (!NginxServer.IsAvailable)
        {
            return [Row.Skipped("Memory per open connection", "nginx is not installed")];
        }

        using var folder = new WorkFolder();
        using var server = await NginxServer.StartAsync(folder, hosts: 1, cancellationToken);
        var rows = new List<Row>();
        foreach (var column in server.Columns)
        {
            log($"{column.Name}: opening {size.OpenConnections} connections");
            using var relay = Child.StartSelf("relay", Text(column.Port));
            var relayPort = await relay.Output.ReadLineAsync(cancellationToken);
            using var holder = Child.StartSelf("hold", Text(column.Port), relayPort!, Text(size.OpenConnections));
            var answer =
                await holder.Output.ReadLineAsync(cancellationToken)
                ?? throw new InvalidOperationException("no connection could be held open");
            var numbers = Array.ConvertAll(answer.Split(' '), number => double.Parse(number, CultureInfo.InvariantCulture));
            rows.Add(
                Row.Bounded(
                    $"Resident memory per open connection, {column.Name}",
                    numbers[1] / 1024,
                    "KB",
                    HeldKb,
                    $"live objects {Row.Text(numbers[2] / 1024, "KB")}, {numbers[0]:N0} open"
                )
            );
        }

        return rows;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
