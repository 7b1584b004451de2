package io.freshet.event;

/** What became of a record of a source: an event, or the reason why it is none. */
public sealed interface Decoded permits Event, Rejection {}
