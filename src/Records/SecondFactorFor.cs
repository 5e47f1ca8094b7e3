namespace MaySend.Records;

/// <summary>Who has to have a second factor to use the console.</summary>
public enum SecondFactorFor
{
    /// <summary>Nobody has to; everybody may.</summary>
    Nobody,

    /// <summary>Whoever has a role that signs.</summary>
    Signers,

    /// <summary>Everybody.</summary>
    Everybody,
}
