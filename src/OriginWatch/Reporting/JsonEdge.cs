using System.Text.Json;
using OriginWatch.Rules;

namespace OriginWatch.Reporting;

/// <summary>The member <c>edge</c> of an origin: what CloudFront itself answered about it.</summary>
internal static class JsonEdge
{
    public static void Write(Utf8JsonWriter json, EdgeObservation? edge)
    {
        var sighting = edge?.Decisive;
        var answer = sighting?.Outcome.Last;
        json.WriteStartObject("edge");
        json.WriteBoolean("asked", edge?.WasAsked ?? false);
        json.WriteText("host", sighting?.Question.Host);
        json.WriteText("pathPattern", sighting?.Question.Behavior.Behavior.PathPattern);
        json.WriteText("answer", answer is null ? null : WireNames.Of(answer.Kind));
        json.WriteCount("status", answer?.Status);
        json.WriteText("pop", answer?.Pop);
        json.WriteText("requestId", answer?.RequestId);
        json.WriteText("reason", answer?.Reason ?? edge?.NotAskedBecause ?? (sighting is null ? null : "not asked in time"));
        json.WriteBoolean("askedTwice", sighting?.Outcome.Second is not null);
        json.WriteBoolean("contradicts", edge?.Sightings.Any(seen => seen.IsContradiction) ?? false);
        json.WriteEndObject();
    }
}
