namespace MaySend.Evidence.Postgres;

/// <summary>
/// A server was asked for a partition that another has by now, or under keys that it does not go by. Nothing was done: whoever routes reads
/// the map and the keys again, and asks anew.
/// </summary>
sealed class PartitionElsewhereException(string message) : Exception(message);
