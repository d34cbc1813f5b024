namespace OriginWatch.Targets.Shards;

/// <summary>A target of a shard.</summary>
/// <param name="Target">Where to connect to.</param>
/// <param name="AnsweredBefore">True where an origin that uses it was evaluated by an earlier run: if it is silent now, it is looked at
/// twice.</param>
public sealed record ShardTarget(ConnectTarget Target, bool AnsweredBefore);
