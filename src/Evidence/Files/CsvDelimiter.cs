namespace MaySend.Evidence.Files;

/// <summary>Finds what stands between the fields of a table that does not say.</summary>
static class CsvDelimiter
{
    /// <summary>The likeliest of comma, semicolon, tab and bar, by the first line; and the text from its beginning.</summary>
    public static (char Delimiter, TextReader All) Find(StreamReader text)
    {
        var header = text.ReadLine() ?? "";
        // Spreadsheet programs may name it in a line of its own.
        if (header.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && header.Length == 5)
            return (header[4], text);
        var delimiter = new[] { ',', ';', '\t', '|' }.MaxBy(candidate => header.Count(c => c == candidate));
        return (delimiter, new HeaderAndRest(header, text));
    }

    /// <summary>Gives a line back before the rest of a text.</summary>
    sealed class HeaderAndRest(string header, TextReader rest) : TextReader
    {
        readonly string head = header + "\n";
        int given;

        public override int Peek() => given < head.Length ? head[given] : rest.Peek();

        public override int Read() => given < head.Length ? head[given++] : rest.Read();

        public override int Read(char[] buffer, int index, int count)
        {
            if (given >= head.Length)
                return rest.Read(buffer, index, count);
            var length = Math.Min(count, head.Length - given);
            head.CopyTo(given, buffer, index, length);
            given += length;
            return length;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
