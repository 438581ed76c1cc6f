package io.github.totpguard.core.qr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Finds squares of light pixels on a dark ground. If a QR code has no quiet zone, its finder patterns merge with the
 * dark ground. Its light modules still reach all four edges of the code, so they show where the code ends.
 */
final class LightIslands {
    private static final int SMALLEST_SIDE = 40;
    private static final int MAX_ISLANDS = 40;
    private static final double MAX_UNEQUAL_SIDES = 1.2;

    /** Light pixels that are at most one or two such cells apart belong together. */
    private static final int[] CELL_DIVISORS = {250, 100, 40};

    private static final double HALF_DEGREE = Math.PI / 360;

    private final GreyPixels picture;
    private final int threshold;

    private LightIslands(GreyPixels picture) {
        this.picture = picture;
        this.threshold = middle(picture);
    }

    /** The squares, largest first, turned upright, with a white margin. */
    static List<Cut> in(GreyPixels picture) {
        LightIslands islands = new LightIslands(picture);
        List<Cut> found = new ArrayList<>();
        for (int divisor : CELL_DIVISORS) {
            islands.find(Math.max(2, picture.longestSide() / divisor), found);
        }
        found.sort(Comparator.comparingInt(Cut::innerWidth).reversed());
        return found.subList(0, Math.min(MAX_ISLANDS, found.size()));
    }

    private static int middle(GreyPixels picture) {
        int darkest = 255;
        int lightest = 0;
        for (byte brightness : picture.getMatrix()) {
            darkest = Math.min(darkest, brightness & 0xff);
            lightest = Math.max(lightest, brightness & 0xff);
        }
        return (darkest + lightest) / 2;
    }

    private void find(int side, List<Cut> found) {
        int columns = picture.getWidth() / side + 1;
        int rows = picture.getHeight() / side + 1;
        boolean[] light = new boolean[columns * rows];
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                light[y / side * columns + x / side] |= picture.at(x, y) > threshold;
            }
        }
        for (int cell = 0; cell < light.length; cell++) {
            if (light[cell]) {
                add(outline(flood(light, cell, columns, rows), side, columns), found);
            }
        }
    }

    private static List<Integer> flood(boolean[] light, int start, int columns, int rows) {
        List<Integer> island = new ArrayList<>();
        Deque<Integer> shore = new ArrayDeque<>();
        light[start] = false;
        shore.add(start);
        while (!shore.isEmpty()) {
            int cell = shore.poll();
            island.add(cell);
            for (int y = Math.max(0, cell / columns - 1); y <= Math.min(rows - 1, cell / columns + 1); y++) {
                for (int x = Math.max(0, cell % columns - 1); x <= Math.min(columns - 1, cell % columns + 1); x++) {
                    if (light[y * columns + x]) {
                        light[y * columns + x] = false;
                        shore.add(y * columns + x);
                    }
                }
            }
        }
        return island;
    }

    /** The first and the last light pixel of each row, as x, y, x, y. */
    private int[] outline(List<Integer> island, int side, int columns) {
        int[] first = new int[picture.getHeight()];
        int[] last = new int[picture.getHeight()];
        Arrays.fill(first, Integer.MAX_VALUE);
        Arrays.fill(last, -1);
        for (int cell : island) {
            int left = cell % columns * side;
            int top = cell / columns * side;
            for (int y = top; y < Math.min(top + side, picture.getHeight()); y++) {
                for (int x = left; x < Math.min(left + side, picture.getWidth()); x++) {
                    if (picture.at(x, y) > threshold) {
                        first[y] = Math.min(first[y], x);
                        last[y] = Math.max(last[y], x);
                    }
                }
            }
        }
        int[] points = new int[4 * picture.getHeight()];
        int used = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            if (last[y] >= 0) {
                points[used++] = first[y];
                points[used++] = y;
                points[used++] = last[y];
                points[used++] = y;
            }
        }
        return Arrays.copyOf(points, used);
    }

    private static void add(int[] outline, List<Cut> found) {
        if (outline.length < 4 * SMALLEST_SIDE / 2) {
            return;
        }
        // A square has a square upright bounding box at every angle, so most islands need no second box.
        Cut smallest = box(outline, 0);
        if (smallest.innerWidth() < SMALLEST_SIDE || !isSquare(smallest)) {
            return;
        }
        for (double angle = HALF_DEGREE; angle < Math.PI / 2; angle += HALF_DEGREE) {
            Cut box = box(outline, angle);
            if (area(box) < area(smallest)) {
                smallest = box;
            }
        }
        if (isSquare(smallest)) {
            found.add(smallest);
        }
    }

    private static boolean isSquare(Cut cut) {
        return Math.max(cut.innerWidth(), cut.innerHeight())
                <= MAX_UNEQUAL_SIDES * Math.min(cut.innerWidth(), cut.innerHeight());
    }

    private static long area(Cut cut) {
        return (long) cut.innerWidth() * cut.innerHeight();
    }

    private static Cut box(int[] outline, double angle) {
        double sine = Math.sin(angle);
        double cosine = Math.cos(angle);
        double left = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (int i = 0; i < outline.length; i += 2) {
            double across = outline[i] * cosine + outline[i + 1] * sine;
            double down = outline[i + 1] * cosine - outline[i] * sine;
            left = Math.min(left, across);
            right = Math.max(right, across);
            top = Math.min(top, down);
            bottom = Math.max(bottom, down);
        }
        double across = (left + right + 1) / 2;
        double down = (top + bottom + 1) / 2;
        int width = (int) Math.round(right - left + 1);
        int height = (int) Math.round(bottom - top + 1);
        return new Cut(
                across * cosine - down * sine,
                across * sine + down * cosine,
                angle,
                width,
                height,
                Math.max(width, height) / 6);
    }
}
