using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OriginWatch.Tests.Probing;

/// <summary>A DNS server on loopback whose answer to a name is in the name's first label.</summary>
internal sealed class FakeDns : IAsyncDisposable
{
    private const int HeaderBytes = 12;
    private const int TypeA = 1;
    private const int TypeCname = 5;
    private const int TypeAaaa = 28;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public FakeDns()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _serving = ServeAsync();
    }

    public IPEndPoint EndPoint { get; }

    public ConcurrentQueue<string> Questions { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var buffer = new byte[512];
        try
        {
            while (true)
            {
                var question = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                if (Answer(buffer.AsSpan(0, question.ReceivedBytes).ToArray()) is { } answer)
                {
                    await _socket.SendToAsync(answer, question.RemoteEndPoint, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private byte[]? Answer(byte[] query)
    {
        var label = Encoding.ASCII.GetString(query, HeaderBytes + 1, query[HeaderBytes]);
        var end = Array.IndexOf(query, (byte)0, HeaderBytes) + 1;
        var type = BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(end));
        var question = query[..(end + 4)];
        Questions.Enqueue($"{label} {(type == TypeA ? "A" : "AAAA")}");
        return label switch
        {
            "silent" => null,
            "garbage" => [.. query[..2], 0x81, 0x80, 0, 1, 0, 9, 0, 0, 0, 0, .. question[HeaderBytes..], 0xc0, 0xff, 0xff],
            "nxdomain" => Reply(question, code: 3),
            "servfail" => Reply(question, code: 2),
            "refused" => Reply(question, code: 5),
            "v4only" when type == TypeAaaa => Reply(question, code: 0),
            "v6only" when type == TypeA => Reply(question, code: 0),
            "halfbroken" when type == TypeAaaa => Reply(question, code: 2),
            "alias" => Reply(question, 0, Record(TypeCname, [4, .. "real"u8, 0]), Record(type, Address(type, 1), [4, .. "real"u8, 0])),
            "dangling" => Reply(question, 3, Record(TypeCname, [4, .. "gone"u8, 0])),
            "othername" => Reply(
                [.. question[..HeaderBytes], 5, .. "other"u8, .. question[(HeaderBytes + 1 + label.Length)..]],
                0,
                Record(type, Address(type, 1))
            ),
            "othertype" => Reply([.. question[..^3], 16, .. question[^2..]], 0, Record(type, Address(type, 1))),
            "otherclass" => Reply([.. question[..^1], 3], 0, Record(type, Address(type, 1))),
            "query" => [.. query[..2], 0x01, .. Reply(question, 0, Record(type, Address(type, 1)))[3..]],
            "stranger" => Reply(question, 0, Record(type, Address(type, 1), [5, .. "other"u8, 0])),
            "aliasloop" => Reply(question, 0, Record(TypeCname, question[HeaderBytes..^4])),
            "many" => Reply(question, 0, [.. Enumerable.Range(1, 12).Select(i => Record(type, Address(type, (byte)i)))]),
            _ => Reply(question, 0, Record(type, Address(type, 1))),
        };
    }

    private static byte[] Reply(byte[] question, byte code, params byte[][] records) =>
        [
            .. question[..2],
            0x81,
            (byte)(0x80 | code),
            0,
            1,
            0,
            (byte)records.Length,
            0,
            0,
            0,
            0,
            .. question[HeaderBytes..],
            .. records.SelectMany(record => record),
        ];

    private static byte[] Record(int type, byte[] data, byte[]? owner = null) =>
        [.. owner ?? [0xc0, HeaderBytes], 0, (byte)type, 0, 1, 0, 0, 0, 60, 0, (byte)data.Length, .. data];

    private static byte[] Address(int type, byte last) =>
        type == TypeAaaa ? IPAddress.Parse($"2001:db8::{last:x}").GetAddressBytes() : [192, 0, 2, last];
}
