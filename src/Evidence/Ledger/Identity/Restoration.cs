namespace MaySend.Evidence.Ledger.Identity;

/// <summary>How a backup is to be restored.</summary>
public sealed record RestoreTerms
{
    /// <summary>The erasure list, from its second place; null for the one beside the key file.</summary>
    public string? ErasureList { get; init; }

    /// <summary>
    /// Restore although there is no list: whoever was erased since the backup stands in it again, and nobody can say who. Said in words by
    /// whoever restores, and put on record.
    /// </summary>
    public bool WithoutErasureList { get; init; }

    /// <summary>
    /// The list by which to forget again; null where there is none and that was accepted. A list that is given is put in its place beside
    /// the key file.
    /// </summary>
    /// <param name="keyFile">The key file the list belongs to.</param>
    /// <param name="lines">How many lines it had when the backup was made.</param>
    /// <param name="digest">The digest of them; null in a backup of an older build.</param>
    /// <exception cref="LedgerUnavailableException">There is none, or it is not the one that belongs to the backup.</exception>
    public ErasureList? Take(string keyFile, int lines, string? digest)
    {
        var beside = Identity.ErasureList.Beside(keyFile);
        if (ErasureList is { } given)
        {
            var second = new ErasureList(given);
            if (!second.Exists)
                throw Refused($"there is no erasure list at {given}");
            RequireSince(second, lines, digest);
            if (beside.State() is var (has, same) && has > 0 && second.State(has) != (has, same))
                throw Refused($"{given} does not continue the list at {beside.Path}; keep both, and restore with the longer one");
            if (Path.GetFullPath(given) != Path.GetFullPath(beside.Path))
                File.Copy(given, beside.Path, overwrite: true);
            return beside;
        }

        if (beside.Exists)
        {
            RequireSince(beside, lines, digest);
            return beside;
        }

        return WithoutErasureList
            ? null
            : throw Refused(
                $"the erasure list {beside.Path} is missing: people erased since the backup would be in it again, and could be "
                    + "mailed. Name the second copy of the list with --erasures; or use --without-erasure-list, which goes on record"
            );
    }

    void RequireSince(ErasureList list, int lines, string? digest)
    {
        if (WithoutErasureList)
            return;
        var (has, same) = list.State(lines);
        if (has < lines)
            throw Refused(
                $"the erasure list {list.Path} is older than the backup: it has {has} lines, and had {lines} when the backup was made"
            );
        if (digest is not null && digest != same)
            throw Refused($"the erasure list {list.Path} is not the one that belongs to the backup");
    }

    static LedgerUnavailableException Refused(string why) => new(UnavailableBecause.Unreachable, $"nothing was restored: {why}");
}

/// <summary>What restoring a backup did.</summary>
/// <param name="Forgotten">Contacts of the backup that had been erased since, and were erased again.</param>
/// <param name="Suppressed">Suppressions put down again.</param>
/// <param name="UnreadableLines">Lines of the erasure list that could not be read.</param>
public sealed record Restoration(int Forgotten, int Suppressed, int UnreadableLines)
{
    /// <summary>The kind of the entry that records a restoration.</summary>
    public const string Kind = "ledger-restored";
}
