using System.Text.Json;
using MaySend.Records;
using Microsoft.Data.Sqlite;

namespace MaySend.Console.Access;

/// <summary>
/// The accounts, in a SQLite file of their own (<c>console.db</c>) with every write on disk before it is answered. SQLite's locks hold
/// across processes, so that of two people at first run only one becomes administrator.
/// </summary>
sealed class UserFile
{
    readonly OwnDatabase file;

    /// <summary>Opens the file, or makes it.</summary>
    public UserFile(ConsoleOptions options)
    {
        file = new(
            Path.Combine(options.DataFolder, "console.db"),
            "create table if not exists users (id text primary key, name text not null unique, stamp text not null, json text not null)"
        );
    }

    /// <summary>True while nobody has an account.</summary>
    public bool IsEmpty
    {
        get
        {
            using var open = file.Open();
            using var command = OwnDatabase.Command(open, "select not exists (select 1 from users)");
            return (long)command.ExecuteScalar()! == 1;
        }
    }

    /// <summary>Everybody, by name.</summary>
    public IReadOnlyList<ConsoleUser> All() => Query("select json from users order by name");

    /// <summary>The account with this id.</summary>
    public ConsoleUser? ById(string id) => Query("select json from users where id = $a", id).FirstOrDefault();

    /// <summary>The account with this normalised name.</summary>
    public ConsoleUser? ByName(string name) => Query("select json from users where name = $a", name).FirstOrDefault();

    /// <summary>
    /// Adds an account; false when the name is taken or, with <paramref name="onlyAsFirst"/>, when anybody has an account already. One
    /// statement, so nobody comes between.
    /// </summary>
    public bool Add(ConsoleUser user, bool onlyAsFirst = false)
    {
        user.ConcurrencyStamp = NewStamp();
        using var open = file.Open();
        return OwnDatabase.Run(
                open,
                "insert into users (id, name, stamp, json) select $a, $b, $c, $d where "
                    + $"{(onlyAsFirst ? "not exists (select 1 from users)" : "true")} on conflict do nothing",
                user.Id,
                user.NormalizedName,
                user.ConcurrencyStamp,
                JsonSerializer.Serialize(user)
            ) == 1;
    }

    /// <summary>Writes an account; false when it was changed meanwhile.</summary>
    public bool Save(ConsoleUser user)
    {
        var before = user.ConcurrencyStamp;
        user.ConcurrencyStamp = NewStamp();
        using var open = file.Open();
        return OwnDatabase.Run(
                open,
                "update or ignore users set name = $b, stamp = $c, json = $d where id = $a and stamp = $e",
                user.Id,
                user.NormalizedName,
                user.ConcurrencyStamp,
                JsonSerializer.Serialize(user),
                before
            ) == 1;
    }

    /// <summary>A fresh random text of 32 hexadecimal digits.</summary>
    public static string NewStamp() => System.Security.Cryptography.RandomNumberGenerator.GetHexString(32, lowercase: true);

    List<ConsoleUser> Query(string sql, params string[] values)
    {
        using var open = file.Open();
        using var command = OwnDatabase.Command(open, sql, values);
        using var rows = command.ExecuteReader();
        var users = new List<ConsoleUser>();
        while (rows.Read())
            users.Add(JsonSerializer.Deserialize<ConsoleUser>(rows.GetString(0))!);
        return users;
    }
}
