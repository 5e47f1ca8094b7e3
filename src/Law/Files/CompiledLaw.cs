using System.Collections.Immutable;
using System.Text;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Files;

/// <summary>
/// The law of a folder as a program finds it fastest: its files as they were understood when all of them were read and found sound, by the
/// digest of their text. A program takes it from beside itself, for the folder whose text has that digest and for nothing else, and reads
/// the text where it has none. What the rules mean is compiled from here by the same code as from the text, for the jurisdictions that are
/// asked about.
/// </summary>
public static class CompiledLaw
{
    /// <summary>The file, in the folder of the program.</summary>
    public const string FileName = "law.compiled";

    /// <summary>Reads a folder and writes what was understood, whole or not at all.</summary>
    /// <param name="folder">The law folder.</param>
    /// <param name="path">The file to write; one that is there is replaced.</param>
    /// <returns>The law that was read.</returns>
    /// <exception cref="BadInputException">Anything is wrong with any file of the law.</exception>
    /// <exception cref="IOException">The law was changed meanwhile, or the file cannot be written.</exception>
    public static LawBook Write(string folder, string path)
    {
        var book = LawReader.ReadText(folder);
        var trees = Trees(folder, book);
        if (LawReader.DigestOf(folder) != book.Digest)
            throw new IOException($"the law in {folder} was changed while it was read");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new BadInputException(new Place(path), "there is no such folder to write it to");
        var half = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (var writer = new BinaryWriter(File.Create(half), Encoding.UTF8))
            {
                writer.Write(Maker);
                writer.Write(book.Digest);
                writer.Write(Digest.Of(trees));
                writer.Write(trees);
            }
            File.Move(half, path, overwrite: true);
        }
        finally
        {
            File.Delete(half);
        }
        return book;
    }

    /// <summary>
    /// The law of a folder from its compiled form; null where that is not there, is another text's or another program's, or is not as it
    /// was written.
    /// </summary>
    /// <param name="folder">The law folder; its text is compared by digest, and not understood again.</param>
    /// <param name="path">The compiled form.</param>
    public static LawBook? Of(string folder, string path)
    {
        try
        {
            return File.Exists(path) && Directory.Exists(folder) ? Read(File.ReadAllBytes(path), LawReader.DigestOf(folder)) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    /// <summary>
    /// The code that read the text and found it sound: another build of either may know other words, and reads the text again.
    /// </summary>
    static string Maker => $"{typeof(CompiledLaw).Module.ModuleVersionId} {typeof(YamlTree).Module.ModuleVersionId}";

    static byte[] Trees(string folder, LawBook book)
    {
        var problems = new Problems();
        var files = LawReader.Files(folder).Where(file => !LawReader.IsCases(file.Name)).ToList();
        var provisions = book.Provisions.ToDictionary(provision => provision.Place.File, StringComparer.Ordinal);
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8))
        {
            writer.Write7BitEncodedInt(files.Count);
            foreach (var (file, name) in files)
            {
                var tree = YamlTree.ReadFile(file, name, problems);
                problems.ThrowIfAny();
                var provision = provisions.GetValueOrDefault(name);
                writer.Write(name);
                writer.Write(provision?.Jurisdiction ?? "");
                writer.Write((byte)(provision?.Key ?? Key.Send));
                var written = Bytes(tree!);
                writer.Write7BitEncodedInt(written.Length);
                writer.Write(written);
            }
        }
        return bytes.ToArray();
    }

    static LawBook? Read(byte[] content, Digest law)
    {
        using var reader = new BinaryReader(new MemoryStream(content), Encoding.UTF8);
        if (reader.ReadString() != Maker || reader.ReadString() != law)
            return null;
        var digest = reader.ReadString();
        if (Digest.Of(content.AsSpan((int)reader.BaseStream.Position)) != digest)
            return null;
        var files = new CompiledFile[reader.Read7BitEncodedInt()];
        for (var at = 0; at < files.Length; at++)
        {
            var (name, jurisdiction, key, length) = (
                reader.ReadString(),
                reader.ReadString(),
                reader.ReadByte(),
                reader.Read7BitEncodedInt()
            );
            files[at] = new(name, jurisdiction, (Key)key, content, (int)reader.BaseStream.Position);
            reader.BaseStream.Position += length;
        }
        return new CompiledFiles(law, files).Book();
    }

    static byte[] Bytes(YamlTree tree)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8))
            Write(writer, tree);
        return bytes.ToArray();
    }

    static void Write(BinaryWriter writer, YamlTree tree)
    {
        writer.Write7BitEncodedInt(tree.Place.Line);
        writer.Write7BitEncodedInt(tree.Place.Column);
        switch (tree)
        {
            case YamlText text:
                writer.Write((byte)Node.Text);
                writer.Write(text.Text);
                break;
            case YamlList list:
                writer.Write((byte)Node.List);
                writer.Write7BitEncodedInt(list.Items.Count);
                foreach (var item in list.Items)
                    Write(writer, item);
                break;
            case YamlMap map:
                writer.Write((byte)Node.Map);
                writer.Write7BitEncodedInt(map.Entries.Count);
                foreach (var (key, value) in map.Entries)
                {
                    Write(writer, key);
                    Write(writer, value);
                }
                break;
        }
    }

    enum Node : byte
    {
        Text,
        List,
        Map,
    }

    /// <summary>One file of the law; of a provision, whose it is.</summary>
    sealed record CompiledFile(string Name, string Jurisdiction, Key Key, byte[] Content, int Start)
    {
        public YamlTree Read()
        {
            using var reader = new BinaryReader(new MemoryStream(Content) { Position = Start }, Encoding.UTF8);
            return Read(reader);
        }

        YamlTree Read(BinaryReader reader)
        {
            var place = new Place(Name, reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
            switch ((Node)reader.ReadByte())
            {
                case Node.Text:
                    return new YamlText(place, reader.ReadString());
                case Node.List:
                    var items = new YamlTree[reader.Read7BitEncodedInt()];
                    for (var at = 0; at < items.Length; at++)
                        items[at] = Read(reader);
                    return new YamlList(place, items);
                case Node.Map:
                    var entries = new (YamlText, YamlTree)[reader.Read7BitEncodedInt()];
                    for (var at = 0; at < entries.Length; at++)
                        entries[at] = ((YamlText)Read(reader), Read(reader));
                    return new YamlMap(place, entries);
                default:
                    throw new FormatException($"{Name}: no kind of node");
            }
        }
    }

    /// <summary>What lies compiled: the digest of the text, and each file's tree.</summary>
    sealed record CompiledFiles(Digest Of, IReadOnlyList<CompiledFile> Files)
    {
        public LawBook Book()
        {
            var sound = new Problems();
            var jurisdictions = Files
                .Where(file => file.Name.EndsWith(LawReader.JurisdictionFile, StringComparison.Ordinal))
                .Select(file => JurisdictionReader.Read(file.Read(), file.Name, sound)!)
                .ToList();
            var instruments = Find(InstrumentsReader.File) is { } cited ? InstrumentsReader.Read(cited.Read(), sound) : Instruments.None;
            var registers = Find(RegisterReader.FileName) is { } described ? RegisterReader.Read(described.Read(), sound) : [];
            sound.ThrowIfAny();
            var provisions = Files
                .Where(file => file.Jurisdiction.Length > 0)
                .GroupBy(file => (file.Jurisdiction, file.Key))
                .Select(group => (group.Key, new Lazy<ImmutableArray<Provision>>(() => Compile([.. group], jurisdictions, instruments))));
            return new LawBook(jurisdictions, provisions, Of) { Instruments = instruments, Registers = registers };
        }

        CompiledFile? Find(string name) => Files.FirstOrDefault(file => file.Name == name);

        static ImmutableArray<Provision> Compile(
            IReadOnlyList<CompiledFile> files,
            List<Jurisdiction> jurisdictions,
            Instruments instruments
        )
        {
            var sound = new Problems();
            var read = files.Select(file => ProvisionReader.Read(file.Read(), file.Name, jurisdictions, instruments, sound)).ToList();
            sound.ThrowIfAny();
            return [.. read.OrderBy(provision => provision.Id, StringComparer.Ordinal)];
        }
    }
}
