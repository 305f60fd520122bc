package io.hypha.rpc.java;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person who logs in at the page of a hub. */
final class Browser {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

    private Browser() {}

    /** Opens the page, types into its form and sends it; returns the status of the answer. */
    static int logIn(String address, String user, String password) throws IOException {
        URL page = new URL(address);
        StringBuilder fields = new StringBuilder("user=" + user + "&password=" + password);
        try (InputStream form = page.openStream()) {
            Matcher hidden = HIDDEN.matcher(new String(form.readAllBytes(), StandardCharsets.UTF_8));
            while (hidden.find()) {
                fields.append('&').append(hidden.group(1)).append('=');
                fields.append(URLEncoder.encode(hidden.group(2), StandardCharsets.UTF_8));
            }
        }
        URL target = new URL(address.substring(0, address.indexOf('?') + 1));
        HttpURLConnection sent = (HttpURLConnection) target.openConnection();
        sent.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        sent.setRequestProperty("Sec-Fetch-Site", "same-origin");
        sent.setDoOutput(true);
        sent.getOutputStream().write(fields.toString().getBytes(StandardCharsets.UTF_8));
        try {
            return sent.getResponseCode();
        } finally {
            sent.disconnect();
        }
    }
}
