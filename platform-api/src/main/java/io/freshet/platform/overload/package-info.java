/**
 * Judges whether streaming jobs keep up before a promise breaks, and sheds the views that may be
 * shed when they do not.
 */
@NullMarked
package io.freshet.platform.overload;

import org.jspecify.annotations.NullMarked;
