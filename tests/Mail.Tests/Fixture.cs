using MimeKit;

namespace MaySend.Mail.Tests;

static class Fixture
{
    static readonly string Root = Path.Combine(AppContext.BaseDirectory, "fixtures");

    public static byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(Root, path));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static MimeMessage Message(string path) => MimeMessage.Load(new MemoryStream(Bytes(path)));

    public static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file))
            .Order(StringComparer.Ordinal);

    public static MimeMessage Parse(string text) =>
        MimeMessage.Load(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n"))));
}
