namespace OriginWatch.Trust.X509;

/// <summary>Where in a path what is wrong with a certificate counts.</summary>
internal enum NoteScope
{
    Anywhere,

    /// <summary>Where it is not the root, which nobody can issue again.</summary>
    BelowRoot,

    /// <summary>Where it stands for the server.</summary>
    Server,

    /// <summary>Where it issues another.</summary>
    Issuer,

    /// <summary>Where it issues another and ends the path.</summary>
    Root,
}

/// <summary>Something that is wrong with one certificate.</summary>
/// <param name="Scope">Where it counts.</param>
/// <param name="Text">As a clause.</param>
internal sealed record CertificateNote(NoteScope Scope, string Text)
{
    /// <summary>Which libraries refuse the certificate for it; null for what the profiles of RFC 5280 and the CA/Browser Forum forbid and
    /// clients accept.</summary>
    public RejectedBy? Refusal { get; init; }

    /// <summary>True where AWS-LC then takes it for no issuer at all and looks for another.</summary>
    public bool Invalidates { get; init; }
}

/// <summary>What is wrong with one certificate; complete once it is parsed.</summary>
internal sealed class CertificateNotes
{
    private readonly List<CertificateNote> _notes = [];

    /// <summary>Why AWS-LC reads no such certificate although OpenSSL does, as a clause; null where it does. s2n then ends the handshake
    /// wherever in the list it stands.</summary>
    public string? Unreadable { get; set; }

    /// <summary>True where an extension cannot be decoded: AWS-LC matches such a certificate with no other
    /// (x509v3_cache_extensions).</summary>
    public bool IsInvalid => _notes.Exists(note => note.Invalidates);

    /// <summary>What makes it unusable in any path.</summary>
    public IEnumerable<CertificateNote> Defects => _notes.Where(note => note.Refusal is not null);

    /// <summary>What clients accept although a profile forbids it, of a certificate at a place in a path.</summary>
    public IEnumerable<string> PedantriesAt(bool isServer, bool isRoot) =>
        _notes
            .Where(note =>
                note.Refusal is null
                && note.Scope switch
                {
                    NoteScope.Server => isServer,
                    NoteScope.Issuer => !isServer,
                    NoteScope.Root => isRoot && !isServer,
                    NoteScope.BelowRoot => !isRoot || isServer,
                    _ => true,
                }
            )
            .Select(note => note.Text);

    /// <summary>Notes what a profile forbids; nothing where the text is null.</summary>
    public void Add(NoteScope scope, string? text)
    {
        if (text is not null)
        {
            _notes.Add(new(scope, text));
        }
    }

    /// <summary>Notes something for which the certificate is refused wherever a path needs it.</summary>
    public void Refuse(string text, RejectedBy who = RejectedBy.Libraries, bool invalidates = true) =>
        _notes.Add(new(NoteScope.Anywhere, text) { Refusal = who, Invalidates = invalidates });
}
