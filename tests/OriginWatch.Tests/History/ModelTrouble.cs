using OriginWatch.History;
using OriginWatch.Tests.History.Routing;

namespace OriginWatch.Tests.History;

/// <summary>Arranges a night's trouble, and takes it away again.</summary>
internal sealed class ModelTrouble : IDisposable
{
    private readonly Nights _nights;
    private int _step;

    public ModelTrouble(Nights nights, ModelNight plan)
    {
        _nights = nights;
        switch (plan.Trouble)
        {
            case Trouble.TopicFails:
                nights.Accept = _ => throw new IOException("The topic cannot be reached.");
                break;
            case Trouble.RouteTopicFails:
                nights.Accept = mail =>
                {
                    if (mail.Topic == RoutedNights.Shop)
                    {
                        throw new IOException("The topic is denied.");
                    }
                };
                break;
            case Trouble.RoutesCannotBeRead:
                nights.Store.Before = operation => Fail(operation, "read routes");
                break;
            case Trouble.StateCannotBeRead:
                nights.Store.Before = operation => Fail(operation, "read state");
                break;
            case Trouble.StateCannotBeWritten:
                nights.Store.Before = operation => Fail(operation, "write state");
                break;
            case Trouble.ReportCannotBeWritten:
                nights.Store.Before = operation => Fail(operation, "write report");
                break;
            case Trouble.MarkCannotBeCleared:
                nights.Delivered = _ =>
                    nights.Store.Before = operation =>
                    {
                        nights.Store.Before = _ => { };
                        Fail(operation, "write state");
                    };
                break;
            case Trouble.SomebodyElseWrites when nights.Store.State is not null:
                nights.Store.Before = operation =>
                {
                    if (operation == "write state" && ++_step == 1)
                    {
                        nights.Store.Touch();
                    }
                };
                break;
            case Trouble.Killed:
                (nights.Store.Before, nights.Store.After) = (_ => Step(plan.Point), _ => Step(plan.Point));
                (nights.Accept, nights.Delivered) = (_ => Step(plan.Point), _ => Step(plan.Point));
                break;
        }
    }

    public void Dispose()
    {
        (_nights.Store.Before, _nights.Store.After) = (_ => { }, _ => { });
        (_nights.Accept, _nights.Delivered) = (_ => { }, _ => { });
    }

    private static void Fail(string operation, string failing)
    {
        if (operation == failing)
        {
            throw new RunStoreException($"{failing} failed.");
        }
    }

    /// <summary>And everything after it, too: the process is gone.</summary>
    private void Step(int point)
    {
        if (++_step >= point)
        {
            throw new KilledException();
        }
    }

#pragma warning disable CA1032, CA1064 // Thrown and caught by the model alone; nothing else may catch it by its base.
    public sealed class KilledException : Exception;
#pragma warning restore CA1032, CA1064
}
