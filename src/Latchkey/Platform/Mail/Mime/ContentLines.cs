namespace Latchkey.Platform.Mail.Mime;

/// <summary>The lines of a text whichever way they end, so that no bare CR or LF ever reaches the wire.</summary>
internal ref struct ContentLines(ReadOnlySpan<char> content)
{
    private ReadOnlySpan<char> _rest = content;
    private bool _done;

    public ReadOnlySpan<char> Current { get; private set; }

    public bool MoveNext()
    {
        if (_done) return false;
        var end = _rest.IndexOfAny('\r', '\n');
        _done = end < 0;
        Current = _done ? _rest : _rest[..end];
        if (!_done) _rest = _rest[(end + (_rest[end..].StartsWith("\r\n") ? 2 : 1))..];
        return true;
    }
}
