/** What all of the HTTP interface shares: problems, the API page, where it may listen. */
@NullMarked
package io.freshet.platform.web;

import org.jspecify.annotations.NullMarked;
