/** What expressions mean, and what they may cost. */
@NullMarked
package io.freshet.expression;

import org.jspecify.annotations.NullMarked;
