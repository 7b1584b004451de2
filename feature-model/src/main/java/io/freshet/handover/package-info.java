/**
 * The records by which a lane of the streaming engine gets the history of its view, and by which it
 * says how far it is.
 */
@NullMarked
package io.freshet.handover;

import org.jspecify.annotations.NullMarked;
