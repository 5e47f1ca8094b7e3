using System.Text;
using System.Web;

namespace MaySend.Mail.Inbound;

/// <summary>A body of application/x-www-form-urlencoded.</summary>
sealed class FormBody
{
    FormBody(IReadOnlyList<(string Name, string Value)> fields) => Fields = fields;

    public IReadOnlyList<(string Name, string Value)> Fields { get; }

    public string? this[string name] => Fields.FirstOrDefault(field => field.Name == name).Value;

    public static FormBody Read(ReadOnlyMemory<byte> body)
    {
        var parsed = HttpUtility.ParseQueryString(Encoding.UTF8.GetString(body.Span));
        return new([.. parsed.AllKeys.SelectMany(name => (parsed.GetValues(name) ?? []).Select(value => (name ?? "", value)))]);
    }
}
