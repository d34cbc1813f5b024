namespace OriginWatch.Fuzz;

/// <summary>Changes bytes as a broken or hostile server might.</summary>
internal static class Mutation
{
    private static readonly byte[] Telling = [0, 1, 2, 0x0b, 0x14, 0x16, 0x30, 0x7f, 0x80, 0x82, 0x84, 0xa0, 0xff];

    public static byte[] Of(byte[] honest, Random random)
    {
        var bytes = honest.ToList();
        for (var i = random.Next(1, 6); i > 0 && bytes.Count > 0; i--)
        {
            Once(bytes, random);
        }

        return [.. bytes];
    }

    private static void Once(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        var length = Math.Min(random.Next(1, 65), bytes.Count - at);
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = Telling[random.Next(Telling.Length)];
                break;
            case 2:
                bytes.InsertRange(at, Random(random, length));
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, bytes.Count - at));
                break;
        }
    }

    public static byte[] Random(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Records with honest headers around anything.</summary>
    public static byte[] Records(Random random)
    {
        var bytes = new List<byte>();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var content = random.Next(2) == 0 ? Random(random, random.Next(600)) : Messages(random);
            bytes.AddRange([
                (byte)random.Next(20, 25),
                3,
                (byte)random.Next(5),
                (byte)(content.Length >> 8),
                (byte)content.Length,
                .. content,
            ]);
        }

        return [.. bytes];
    }

    /// <summary>Handshake messages with honest lengths around anything.</summary>
    private static byte[] Messages(Random random)
    {
        var bytes = new List<byte>();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var body = Random(random, random.Next(300));
            bytes.AddRange([(byte)random.Next(26), 0, (byte)(body.Length >> 8), (byte)body.Length, .. body]);
        }

        return [.. bytes];
    }
}
