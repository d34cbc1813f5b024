using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using OriginWatch.Benchmarks.Measuring;

namespace OriginWatch.Benchmarks.Network;

/// <summary>
/// A cable between two network namespaces on which every packet takes a fixed time: two TUN devices, and the packets of each
/// handed to the other when they are due. It does without the kernel's netem, which not every kernel has.
/// </summary>
internal static partial class DelayedLink
{
    // linux/if_tun.h: TUNSETIFF, and IFF_TUN | IFF_NO_PI.
    private const nuint SetInterface = 0x400454ca;
    private const short TunWithoutHeader = 0x1001;
    private const int InterfaceRequestBytes = 40;
    private const int LargestPacket = 2048;

    /// <summary>Says "up" when the cable is in, then carries packets until the process is ended.</summary>
    public static async Task RunAsync(string left, string right, int delayMs, TextWriter output)
    {
        using var a = await OpenAsync(left, $"owa{Environment.ProcessId}", "10.78.0.1", "10.78.0.2");
        using var b = await OpenAsync(right, $"owb{Environment.ProcessId}", "10.78.0.2", "10.78.0.1");
        var delay = TimeSpan.FromMilliseconds(delayMs);
        Carry(a, b, delay);
        Carry(b, a, delay);
        await output.WriteLineAsync("up");
        await Task.Delay(Timeout.InfiniteTimeSpan);
    }

    private static async Task<FileStream> OpenAsync(string networkNamespace, string name, string address, string peer)
    {
        var device = new FileStream("/dev/net/tun", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var request = new byte[InterfaceRequestBytes];
        Encoding.ASCII.GetBytes(name, request);
        BitConverter.TryWriteBytes(request.AsSpan(16), TunWithoutHeader);
        if (IoControl(device.SafeFileHandle, SetInterface, request) != 0)
        {
            throw new InvalidOperationException($"the device {name} could not be made: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        await Child.RunAsync("ip", ["link", "set", name, "netns", networkNamespace], CancellationToken.None);
        await Child.RunAsync("ip", ["-n", networkNamespace, "addr", "add", address, "peer", peer, "dev", name], CancellationToken.None);
        await Child.RunAsync(
            "ip",
            ["-n", networkNamespace, "link", "set", name, "mtu", "1500", "txqueuelen", "10000", "up"],
            CancellationToken.None
        );
        return device;
    }

    private static void Carry(FileStream from, FileStream to, TimeSpan delay)
    {
        var under = new BlockingCollection<(long Due, byte[] Packet)>();
        Start(() =>
        {
            var buffer = new byte[LargestPacket];
            while (true)
            {
                var count = from.Read(buffer);
                under.Add((Environment.TickCount64 + (long)delay.TotalMilliseconds, buffer[..count]));
            }
        });
        Start(() =>
        {
            foreach (var (due, packet) in under.GetConsumingEnumerable())
            {
                Thread.Sleep((int)Math.Max(0, due - Environment.TickCount64));
                to.Write(packet);
            }
        });
    }

    private static void Start(Action loop) => new Thread(() => loop()) { IsBackground = true }.Start();

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int IoControl(SafeHandle device, nuint request, byte[] argument);
}
