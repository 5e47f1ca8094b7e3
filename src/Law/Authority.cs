namespace MaySend.Law;

/// <summary>Who says so. Guidance is never shown as statute.</summary>
public enum Authority
{
    Statute,
    CaseLaw,
    Guidance,
    House,
}

/// <summary>How sure the reading is; high until a lawyer says otherwise needs a source that was read.</summary>
public enum Confidence
{
    Low,
    Medium,
    High,
}
