using System.Collections.Concurrent;

namespace MaySend.Evidence.Postgres.Cluster;

/// <summary>The partitions of contacts asked for lately. Never wrong: a contact stays in the partition it was put in.</summary>
sealed class PlaceCache
{
    const int Most = 200_000;
    readonly ConcurrentDictionary<ContactId, short> places = new();

    internal int? Find(ContactId contact) => places.TryGetValue(contact, out var place) ? place : null;

    internal void Add(ContactId contact, int partition)
    {
        if (places.Count >= Most)
            places.Clear();
        places[contact] = (short)partition;
    }
}
