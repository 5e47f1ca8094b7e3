namespace MaySend.Evidence.Tables;

/// <summary>What is known of files that were dealt out into shares, without holding their rows.</summary>
/// <param name="Header">The header of the list of people as one line, and the character between its fields.</param>
/// <param name="RowsOfPeople">How many rows the list of people has.</param>
/// <param name="Requests">What asks to stop.</param>
public sealed record DealtTables((string Line, char Delimiter) Header, int RowsOfPeople, Requested Requests);
