/** Avro schemas of sources: how they are read, what columns they have, which may follow which. */
@NullMarked
package io.freshet.avro;

import org.jspecify.annotations.NullMarked;
