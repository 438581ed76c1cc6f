package io.github.totpguard.testprovider;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.keycloak.common.util.Time;

/** Moves Keycloak's clock. Both methods return the server's time in milliseconds since the epoch. */
public final class TestSupportResource {

    @GET
    @Path("time")
    @Produces(MediaType.TEXT_PLAIN)
    public String time() {
        return Long.toString(Time.currentTimeMillis());
    }

    @POST
    @Path("time-offset")
    @Produces(MediaType.TEXT_PLAIN)
    public String moveTime(@QueryParam("seconds") int seconds) {
        Time.setOffset(seconds);
        return time();
    }
}
