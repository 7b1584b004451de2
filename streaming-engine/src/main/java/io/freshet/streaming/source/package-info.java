/**
 * From the source's topic to what each live view takes from each event, with the watermark that
 * says how far the topic has been read.
 */
@NullMarked
package io.freshet.streaming.source;

import org.jspecify.annotations.NullMarked;
