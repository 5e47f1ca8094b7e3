namespace MaySend.Mcp.Tools;

/// <summary>What a tool was asked cannot be done; everything that is wrong is said at once.</summary>
sealed class ToolException(params IEnumerable<string> wrong) : Exception(string.Join("; ", wrong) + ".");
